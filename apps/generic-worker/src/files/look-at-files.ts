import { constants, type Dirent, type Stats } from 'node:fs';
import { lstat, open, readdir, type FileHandle } from 'node:fs/promises';
import type { FileContent } from '@procos/engine-client';
import { BpmnError, RetryableError } from '@procos/errors';
import { asOutcome, fileRefused } from './file-errors.ts';
import { tooLarge } from './folder-quota.ts';
import { isTemporaryName, namesOfPath } from './file-path.ts';
import { enterFolder, inFolderOf, type Jail } from './jail.ts';

export type FileType = 'file' | 'folder' | 'other';

const mostEntries = 10_000;
const chunkBytes = 65_536;

/** What an entry is; a symbolic link is `other`, whatever it leads to. */
export function typeOf(entry: Stats | Dirent): FileType {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

/** The bytes of a file. */
export function readFile(jail: Jail, path: string): Promise<Buffer> {
  return withOpenFile(jail, path, async (file, size) => {
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    return bytes.subarray(0, bytesRead);
  });
}

/** Uses a file whose bytes are read as they are wanted: nothing of it is held. */
export function withFile<Value>(
  jail: Jail,
  path: string,
  use: (file: Omit<FileContent, 'filename'>) => Promise<Value>,
): Promise<Value> {
  return withOpenFile(jail, path, (file, size) => use({ size, chunks: chunksOf(file, size) }));
}

/** A regular file of a size that is allowed, open until it has been used. */
function withOpenFile<Value>(
  jail: Jail,
  path: string,
  use: (file: FileHandle, size: number) => Promise<Value>,
): Promise<Value> {
  return inFolderOf(jail, path, async (folder, name) => {
    await using file = await openRegular(folder.at(name), constants.O_RDONLY, path);
    const { size } = await file.stat();
    if (size > jail.maxFileBytes) throw tooLarge(jail, path, `has ${size} bytes`);
    return await use(file, size);
  });
}

/** As many bytes as the file had when it was opened, though somebody may write to it meanwhile. */
async function* chunksOf(file: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; ) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(chunkBytes, size - at)), 0, null, at);
    if (bytesRead === 0) throw new RetryableError('The file became shorter while it was read.');
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** What is at a path; `undefined` when nothing is. */
export async function findFile(jail: Jail, path: string): Promise<Stats | undefined> {
  try {
    if (namesOfPath(path).length > 0) return await inFolderOf(jail, path, (folder, name) => lstat(folder.at(name)));
    await using root = await enterFolder(jail.root, []);
    return await lstat(`${root.path}/.`);
  } catch (thrown) {
    if (thrown instanceof BpmnError && thrown.code === 'FILE_NOT_FOUND') return undefined;
    throw thrown;
  }
}

/** What a folder holds, by name. */
export async function listFolder(jail: Jail, path: string): Promise<{ name: string; type: FileType }[]> {
  try {
    await using folder = await enterFolder(jail.root, namesOfPath(path));
    const entries = (await readdir(folder.path, { withFileTypes: true })).filter(
      (entry) => !isTemporaryName(entry.name),
    );
    if (entries.length > mostEntries) throw fileRefused(path, `holds more than ${mostEntries} entries`);
    return entries
      .map((entry) => ({ name: entry.name, type: typeOf(entry) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (thrown) {
    throw asOutcome(thrown, path);
  }
}

/** Opens a regular file, never through a link, and never waiting for a pipe's other end. */
export async function openRegular(place: string, flags: number, path: string): Promise<FileHandle> {
  const file = await open(place, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o600);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw fileRefused(path, 'is no regular file');
}
