import type { Dirent } from 'node:fs';
import { lstat, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isTemporaryName } from './file-path.ts';

/** A file in the making that nobody has touched for so long is what a killed worker left, in milliseconds. */
const leftAfterMs = 3_600_000;

/** What a folder holds. */
export interface Usage {
  readonly bytes: number;
  readonly files: number;
}

/** All regular files below a folder; files in the making count by what was promised to them, not here. */
export async function folderUsage(folder: string): Promise<Usage> {
  let bytes = 0;
  let files = 0;
  for await (const { path, entry } of filesBelow(folder)) {
    if (isTemporaryName(entry.name)) continue;
    files += 1;
    bytes += (await unlessGone(lstat(path), { size: 0 })).size;
  }
  return { bytes, files };
}

/** Removes files in the making that will never be made. */
export async function removeLeftovers(folder: string, now: number = Date.now()): Promise<void> {
  for await (const { path, entry } of filesBelow(folder)) {
    if (!isTemporaryName(entry.name)) continue;
    const { mtimeMs } = await unlessGone(lstat(path), { mtimeMs: now });
    if (now - mtimeMs > leftAfterMs) await unlessGone(unlink(path), undefined);
  }
}

/** Links are not followed, which is why the walk is our own: the recursive reading of folders that Node offers goes through them. */
async function* filesBelow(folder: string): AsyncGenerator<{ readonly path: string; readonly entry: Dirent }> {
  for (const entry of await unlessGone(readdir(folder, { withFileTypes: true }), [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield { path, entry };
  }
}

/** Another writer may remove what was just listed. */
async function unlessGone<Value, Instead>(work: Promise<Value>, instead: Instead): Promise<Value | Instead> {
  try {
    return await work;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return instead;
    throw thrown;
  }
}
