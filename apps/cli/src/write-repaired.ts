import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { messageOf, type ProcosError } from '@procos/errors';
import { errors } from './errors.ts';
import type { ModelFile } from './input/model-files.ts';

/**
 * Puts a repaired model into its file, all of it or nothing: it is written beside the file and takes its place when it is
 * on the disk. Links are followed; owner and permissions stay. What was there before stays as `<file>.orig`.
 *
 * @returns the name of the copy of what was there before
 * @throws PROCOS_CLI_FILE_UNWRITABLE, and the file is as it was: read-only, no room, changed since it was read
 */
export function writeRepaired({ name, path, bytes }: ModelFile, xml: string): string {
  const refused = (reason: string, cause?: unknown): ProcosError =>
    errors.PROCOS_CLI_FILE_UNWRITABLE({ file: name, reason }, cause);
  try {
    const target = realpathSync(path);
    const before = statSync(target);
    if ((before.mode & 0o222) === 0) throw refused('it is read-only');
    if (!readFileSync(target).equals(bytes)) throw refused('it has changed since it was read');
    const copy = keepOriginal(target, bytes);
    replace(target, xml, before);
    return join(dirname(name), basename(copy));
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'PROCOS_CLI_FILE_UNWRITABLE'
      ? error
      : refused(reasonOf(error), error);
  }
}

/** Never over an earlier copy: that may be the only one of what the author wrote. */
function keepOriginal(target: string, bytes: Uint8Array): string {
  for (let number = 1; ; number += 1) {
    const copy = number === 1 ? `${target}.orig` : `${target}.orig${number}`;
    if (existsSync(copy)) {
      if (readFileSync(copy).equals(bytes)) return copy;
      continue;
    }
    try {
      copyFileSync(target, copy, constants.COPYFILE_EXCL);
      syncFile(copy);
      return copy;
    } catch (error) {
      rmSync(copy, { force: true });
      throw error;
    }
  }
}

function replace(target: string, xml: string, { mode, uid, gid }: Stats): void {
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(file, xml);
      fchmodSync(file, mode & 0o7777);
      keepOwner(file, uid, gid);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, target);
    syncFile(dirname(target));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Only the superuser may give files away; everybody else owns what they write already. */
function keepOwner(file: number, uid: number, gid: number): void {
  if (process.getuid?.() === 0) fchownSync(file, uid, gid);
}

function syncFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'there is no room left; the file is as it was';
  if (code === 'EACCES' || code === 'EPERM') return 'access is denied';
  if (code === 'EROFS') return 'its file system is read-only';
  return messageOf(error);
}
