import { execFile } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A file system of its own, small enough to be filled. */
export interface SmallDisk extends AsyncDisposable {
  readonly folder: string;
  /** Takes all the room that there is. */
  fill(): void;
  free(): void;
}

const run = promisify(execFile);
const megabyte = 1_048_576;

/** In memory, else in a file. @returns why this machine does not let us have one, as text */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk | string> {
  const place = mkdtempSync(join(tmpdir(), 'procos-disk-'));
  const folder = mkdtempSync(join(place, 'mounted-'));
  const image = join(place, 'image');
  const inMemory = () => run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  const inFile = async () => {
    writeFileSync(image, '');
    truncateSync(image, megabytes * megabyte);
    await run('mkfs.ext4', ['-q', '-m', '0', image]);
    await run('mount', ['-o', 'loop', image, folder]);
  };
  try {
    await inMemory().catch(inFile);
  } catch (fault) {
    rmSync(place, { recursive: true, force: true });
    return `no small file system can be mounted here: ${(fault as Error).message.trim().split('\n').at(-1) ?? ''}`;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => fillWith(filler, folder),
    free: () => rmSync(filler, { force: true }),
    [Symbol.asyncDispose]: async () => {
      await run('umount', [folder]);
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** Ever smaller pieces, until not one byte finds room; at most what the file system holds. */
function fillWith(filler: string, folder: string): void {
  const { blocks, bsize } = statfsSync(folder);
  const file = openSync(filler, 'w');
  let written = 0;
  try {
    for (let piece = megabyte; piece >= 1; piece = Math.floor(piece / 2)) {
      while (written < blocks * bsize && tryWriting(file, piece)) written += piece;
    }
  } finally {
    closeSync(file);
  }
}

function tryWriting(file: number, bytes: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(bytes, 1)) === bytes;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw fault;
  }
}
