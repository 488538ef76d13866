import { createWriteStream, type WriteStream } from 'node:fs';

/** A file that text is appended to for as long as there is room. */
export interface KeptFile {
  write(chunk: string | Uint8Array): void;
  /** Resolves when what was written has reached the file, or cannot. */
  end(): Promise<void>;
}

export interface KeptFileOptions {
  /** Told once when the file cannot be written, for example because the disk is full. */
  readonly onFault?: (fault: Error) => void;
  /** Told when it can be written again, with what was lost meanwhile. */
  readonly onRecovered?: (lostChunks: number) => void;
  /** Pause before it is tried again, in milliseconds. @default 5000 */
  readonly retryMs?: number;
}

/**
 * Appends to a file. A full disk ends nobody: what finds no room is lost, and counted, and the file is tried again after a
 * while.
 */
export function openKeptFile(path: string, { onFault, onRecovered, retryMs = 5_000 }: KeptFileOptions = {}): KeptFile {
  let stream: WriteStream | undefined;
  let tryAgainAt = 0;
  let lost = 0;
  let isBroken = false;
  const open = () => {
    const made = createWriteStream(path, { flags: 'a' });
    made.on('error', (fault) => {
      if (stream === made) stream = undefined;
      tryAgainAt = performance.now() + retryMs;
      lost += 1;
      if (!isBroken) onFault?.(fault);
      isBroken = true;
    });
    return made;
  };
  const recovered = (fault: Error | null | undefined) => {
    if (fault !== null && fault !== undefined) return;
    if (!isBroken) return;
    isBroken = false;
    onRecovered?.(lost);
    lost = 0;
  };
  return {
    write: (chunk) => {
      if (stream === undefined && performance.now() < tryAgainAt) return void (lost += 1);
      stream ??= open();
      stream.write(chunk, recovered);
    },
    end: () =>
      new Promise((resolve) =>
        stream === undefined || stream.destroyed ? resolve() : void stream.once('close', resolve).end(),
      ),
  };
}
