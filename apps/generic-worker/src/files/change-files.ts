import { constants, type Stats } from 'node:fs';
import { link, lstat, open, rename, unlink } from 'node:fs/promises';
import { fileNotFound, fileRefused } from './file-errors.ts';
import { namesOfPath, temporaryName } from './file-path.ts';
import { folderSize } from './folder-size.ts';
import { type HeldFolder, inFolderOf, type Jail } from './jail.ts';
import { openRegular } from './look-at-files.ts';

/** Puts a new content in place: it is there as a whole, or the old one still is. Missing folders are made. */
export function writeFile(jail: Jail, path: string, bytes: Buffer): Promise<void> {
  return inFolderOf(jail, path, async (folder, name) => {
    const before = await regularFile(folder, name, path);
    await checkSize(jail, path, { file: bytes.length, growth: bytes.length - (before?.size ?? 0) });
    await replace(folder, name, bytes);
    await folder.sync();
  }, { create: true });
}

/** Adds to the end of a file. Safe beside other writers, but a task that is repeated after a crash may add twice. */
export function appendFile(jail: Jail, path: string, bytes: Buffer): Promise<void> {
  return inFolderOf(jail, path, async (folder, name) => {
    const before = await regularFile(folder, name, path);
    await checkSize(jail, path, { file: (before?.size ?? 0) + bytes.length, growth: bytes.length });
    await using file = await openRegular(folder.at(name), constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, path);
    await file.writeFile(bytes);
    await file.sync();
    await folder.sync();
  }, { create: true });
}

/** Removes a file. */
export function deleteFile(jail: Jail, path: string): Promise<void> {
  return inFolderOf(jail, path, async (folder, name) => {
    if ((await regularFile(folder, name, path)) === undefined) throw fileNotFound(path);
    await unlink(folder.at(name));
    await folder.sync();
  });
}

/** Gives a file another path, never that of an existing one. */
export async function moveFile(jail: Jail, path: string, target: string): Promise<void> {
  if (namesOfPath(path).join('/') === namesOfPath(target).join('/')) throw fileRefused(target, 'is where the file is already');
  await inFolderOf(jail, path, async (folder, name) => {
    const source = await regularFile(folder, name, path);
    if (source === undefined) throw fileNotFound(path);
    await inFolderOf(jail, target, async (targetFolder, targetName) => {
      const there = await regularFile(targetFolder, targetName, target);
      if (there !== undefined && !isSecondName(source, there)) throw fileRefused(target, 'exists already');
      // Unlike a rename, a link fails when another writer has just taken the name.
      if (there === undefined) await link(folder.at(name), targetFolder.at(targetName));
      await targetFolder.sync();
    }, { create: true });
    await unlink(folder.at(name));
    await folder.sync();
  });
}

/** The same file under two names: an earlier attempt at this move was cut off half-way. */
function isSecondName(source: Stats, there: Stats): boolean {
  return there.ino === source.ino && there.dev === source.dev;
}

async function regularFile(folder: HeldFolder, name: string, path: string): Promise<Stats | undefined> {
  try {
    const stats = await lstat(folder.at(name));
    if (!stats.isFile()) throw fileRefused(path, stats.isSymbolicLink() ? 'is a symbolic link' : 'is no regular file');
    return stats;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined;
    throw thrown;
  }
}

async function replace(folder: HeldFolder, name: string, bytes: Buffer): Promise<void> {
  const temporary = folder.at(temporaryName());
  await using file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
    await rename(temporary, folder.at(name));
  } catch (thrown) {
    await unlink(temporary);
    throw thrown;
  }
}

async function checkSize(jail: Jail, path: string, bytes: { readonly file: number; readonly growth: number }): Promise<void> {
  if (bytes.file > jail.maxFileBytes) throw fileRefused(path, `would have ${bytes.file} bytes and the limit is ${jail.maxFileBytes}`);
  if (bytes.growth > 0 && (await folderSize(jail.root)) + bytes.growth > jail.quotaBytes) {
    throw fileRefused(path, `would take the folder over its quota of ${jail.quotaBytes} bytes`);
  }
}
