import { randomUUID } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is asked of a disk. */
export interface Disk {
  /** Bytes that may still be written. */
  free(folder: string): Promise<number>;
  /** Writes some bytes and takes them away again: a quota is not in what is free. */
  tryWriting(folder: string): Promise<void>;
}

export interface FullDisk {
  readonly folder: string;
  readonly freeBytes: number;
}

/** Whether there is room for new work. */
export interface RoomWatch {
  /** @returns `undefined` while there is room, or nobody can tell */
  full(): Promise<FullDisk | undefined>;
}

export interface RoomOptions {
  /** Where the system keeps its state; `undefined` = elsewhere, and nothing is watched. */
  readonly folder: string | undefined;
  /** Room that must be left for what runs already, in bytes. */
  readonly minFreeBytes: number;
  /** @default the file system */
  readonly disk?: Disk | undefined;
  /** Milliseconds. @default performance.now */
  readonly clock?: () => number;
}

/** An answer is good for this long, in milliseconds: a disk is not asked for each request. */
const goodForMs = 500;
/** Source: errno(3); the codes that freeing some room mends. */
const fullCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

export function createRoomWatch({
  folder,
  minFreeBytes,
  disk = realDisk,
  clock = () => performance.now(),
}: RoomOptions): RoomWatch {
  if (folder === undefined) return { full: async () => undefined };
  let last: { readonly at: number; readonly answer: Promise<FullDisk | undefined> } | undefined;
  return {
    full: () => {
      if (last === undefined || clock() - last.at >= goodForMs)
        last = { at: clock(), answer: look(disk, folder, minFreeBytes) };
      return last.answer;
    },
  };
}

async function look(disk: Disk, folder: string, minFreeBytes: number): Promise<FullDisk | undefined> {
  let freeBytes = 0;
  try {
    freeBytes = await disk.free(folder);
    if (freeBytes < minFreeBytes) return { folder, freeBytes };
    await disk.tryWriting(folder);
    return undefined;
  } catch (thrown) {
    // Whatever else is wrong with the folder is told by those who work in it.
    return fullCodes.has((thrown as NodeJS.ErrnoException).code) ? { folder, freeBytes } : undefined;
  }
}

const triedBytes = 65_536;

const realDisk: Disk = {
  free: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
  tryWriting: async (folder) => {
    const file = join(folder, `.room-${randomUUID()}`);
    try {
      await writeFile(file, Buffer.alloc(triedBytes), { mode: 0o600 });
    } finally {
      await rm(file, { force: true });
    }
  },
};
