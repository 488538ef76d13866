import { constants, type Stats } from 'node:fs';
import { link, lstat, open, rename, unlink } from 'node:fs/promises';
import { fileNotFound, fileRefused } from './file-errors.ts';
import { namesOfPath, temporaryName } from './file-path.ts';
import { alone, type Change, changed, reserve } from './folder-quota.ts';
import { type HeldFolder, inFolderOf, type Jail } from './jail.ts';
import { openRegular } from './look-at-files.ts';

/** What a file is to hold. */
export interface Content {
  /** In bytes; `undefined` when it is not known before. */
  readonly size: number | undefined;
  readonly chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Puts a new content in place: it is there as a whole, or the old one still is. Missing folders are made. */
export function writeFile(jail: Jail, path: string, { size = jail.maxFileBytes, chunks }: Content): Promise<void> {
  return inFolderOf(
    jail,
    path,
    async (folder, name) => {
      const growthBy = async (bytes: number): Promise<Change> => {
        const before = await regularFile(folder, name, path);
        return { file: bytes, growth: bytes - (before?.size ?? 0), isNew: before === undefined };
      };
      const promised = await alone(jail, async () => reserve(jail, path, await growthBy(size)));
      const temporary = folder.at(temporaryName());
      try {
        const written = await writeNew(temporary, upTo(size, chunks, path));
        await alone(jail, async () => {
          promised.giveBack();
          // What it replaces may be gone by now, and then it needs more room.
          const needed = await growthBy(written);
          if (needed.growth > promised.growth || (needed.isNew && !promised.isNew))
            (await reserve(jail, path, needed)).giveBack();
          await rename(temporary, folder.at(name));
          changed(jail, { bytes: needed.growth, files: needed.isNew ? 1 : 0 });
        });
      } catch (thrown) {
        await alone(jail, async () => promised.giveBack());
        await unlink(temporary).catch(unlessMissing);
        throw thrown;
      }
      await folder.sync();
    },
    { create: true },
  );
}

/** Adds to the end of a file. Safe beside other writers, but a task that is repeated after a crash may add twice. */
export function appendFile(jail: Jail, path: string, bytes: Buffer): Promise<void> {
  return inFolderOf(
    jail,
    path,
    async (folder, name) => {
      await alone(jail, async () => {
        const before = await regularFile(folder, name, path);
        (
          await reserve(jail, path, {
            file: (before?.size ?? 0) + bytes.length,
            growth: bytes.length,
            isNew: before === undefined,
          })
        ).giveBack();
        await using file = await openRegular(
          folder.at(name),
          constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT,
          path,
        );
        try {
          await file.writeFile(bytes);
          await file.sync();
        } catch (thrown) {
          // A part of what was to be added would be there twice after the next attempt.
          if (before === undefined) await unlink(folder.at(name)).catch(unlessMissing);
          else await file.truncate(before.size);
          throw thrown;
        }
        changed(jail, { bytes: bytes.length, files: before === undefined ? 1 : 0 });
      });
      await folder.sync();
    },
    { create: true },
  );
}

export interface ChangeOptions {
  /** An earlier attempt may have done it already: then it is done. @default false */
  readonly isRepeated?: boolean;
}

/** Removes a file. */
export function deleteFile(jail: Jail, path: string, { isRepeated = false }: ChangeOptions = {}): Promise<void> {
  return inFolderOf(jail, path, async (folder, name) => {
    await alone(jail, async () => {
      const before = await regularFile(folder, name, path);
      if (before === undefined) {
        if (isRepeated) return;
        throw fileNotFound(path);
      }
      await unlink(folder.at(name));
      changed(jail, { bytes: -before.size, files: -1 });
    });
    await folder.sync();
  });
}

/** Gives a file another path, never that of an existing one. */
export async function moveFile(
  jail: Jail,
  path: string,
  target: string,
  { isRepeated = false }: ChangeOptions = {},
): Promise<void> {
  if (namesOfPath(path).join('/') === namesOfPath(target).join('/'))
    throw fileRefused(target, 'is where the file is already');
  await inFolderOf(jail, path, async (folder, name) => {
    const source = await regularFile(folder, name, path);
    if (source === undefined) {
      if (
        isRepeated &&
        (await inFolderOf(jail, target, (targetFolder, targetName) =>
          regularFile(targetFolder, targetName, target),
        )) !== undefined
      )
        return;
      throw fileNotFound(path);
    }
    await inFolderOf(
      jail,
      target,
      async (targetFolder, targetName) => {
        const there = await regularFile(targetFolder, targetName, target);
        if (there !== undefined && !isSecondName(source, there)) throw fileRefused(target, 'exists already');
        // Unlike a rename, a link fails when another writer has just taken the name.
        if (there === undefined) await link(folder.at(name), targetFolder.at(targetName));
        await targetFolder.sync();
      },
      { create: true },
    );
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

/** A file that was not there, on the disk with all its bytes. @returns how many */
async function writeNew(place: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
  await using file = await open(
    place,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    0o600,
  );
  await file.writeFile(chunks);
  await file.sync();
  return (await file.stat()).size;
}

async function* upTo(size: number, chunks: Content['chunks'], path: string): AsyncGenerator<Uint8Array> {
  let left = size;
  for await (const chunk of chunks) {
    left -= chunk.length;
    if (left < 0) throw fileRefused(path, `would have more than ${size} bytes`);
    yield chunk;
  }
}

function unlessMissing(thrown: unknown): void {
  if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown;
}
