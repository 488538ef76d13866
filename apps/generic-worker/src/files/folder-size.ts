import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Bytes of all regular files below a folder. Links are not followed, which is why the walk is our own: the recursive
 * reading of folders that Node offers goes through them.
 */
export async function folderSize(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await unlessGone(readdir(folder, { withFileTypes: true }), [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await folderSize(path);
    else if (entry.isFile()) bytes += (await unlessGone(lstat(path), { size: 0 })).size;
  }
  return bytes;
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
