import { constants } from 'node:fs';
import { mkdir, open, realpath, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { asOutcome, fileRefused } from './file-errors.ts';
import { namesOfPath } from './file-path.ts';

/** The folder that no file operation leaves, and how much it may hold. */
export interface Jail {
  /** Made at the first operation. */
  readonly root: string;
  /** Largest file, in bytes. */
  readonly maxFileBytes: number;
  /** All files together, in bytes. */
  readonly quotaBytes: number;
  /** How many files there may be. @default 10000 */
  readonly maxFiles?: number;
}

/** One folder inside the jail, held open so that nobody can put another in its place meanwhile. */
export interface HeldFolder extends AsyncDisposable {
  /** The path under which to work on a name in this folder. The name must come from `namesOfPath`. */
  at(name: string): string;
  /** The folder itself. */
  readonly path: string;
  /** Puts changes of names in this folder on the disk. */
  sync(): Promise<void>;
}

const folderFlags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/**
 * Goes down from the root one folder at a time and never through a symbolic link. On Linux each step starts from the
 * folder that is held open (as `openat` does), so a folder swapped for a link meanwhile leads nowhere.
 *
 * @param create make the folders that are missing
 * @throws the file system's own error: ENOENT, ELOOP or ENOTDIR
 */
export async function enterFolder(
  root: string,
  names: readonly string[],
  { create = false } = {},
): Promise<HeldFolder> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  // The root itself is the operator's word: it may be a link.
  let path = await realpath(root);
  let handle = await open(path, folderFlags);
  for (const name of names) {
    const next = join(workPath(handle, path), name);
    try {
      if (create) await makeFolder(next);
      const entered = await open(next, folderFlags);
      await handle.close();
      handle = entered;
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
    path = join(path, name);
  }
  return heldFolder(handle, path);
}

/**
 * Works on one name in the folder that holds it.
 *
 * @throws BpmnError FILE_NOT_FOUND or FILE_REFUSED, RetryableError, TerminalError
 */
export async function inFolderOf<Value>(
  { root }: Jail,
  path: string,
  work: (folder: HeldFolder, name: string) => Promise<Value>,
  options: { readonly create?: boolean } = {},
): Promise<Value> {
  const names = namesOfPath(path);
  const name = names.at(-1);
  if (name === undefined) throw fileRefused(path, 'is the folder itself');
  try {
    await using folder = await enterFolder(root, names.slice(0, -1), options);
    return await work(folder, name);
  } catch (thrown) {
    throw asOutcome(thrown, path);
  }
}

/** On Linux an open folder has a path of its own; elsewhere only the path it was found under. */
function workPath(handle: FileHandle, path: string): string {
  return process.platform === 'linux' ? `/proc/self/fd/${handle.fd}` : path;
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
  }
}

function heldFolder(handle: FileHandle, path: string): HeldFolder {
  const base = workPath(handle, path);
  return {
    path: base,
    at: (name) => join(base, name),
    sync: () => handle.sync(),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}
