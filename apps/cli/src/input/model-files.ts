import { readdirSync, readFileSync, statSync, type Dirent } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { messageOf } from '@procos/errors';
import { decodeModel } from '@procos/process-model/decode-model';
import { modelKind, type ModelKind } from '@procos/process-model/model-kind';
import { errors } from '../errors.ts';
import type { Io } from '../io.ts';

export interface ModelFile {
  /** The path as it is shown: relative to where the command runs when it is below that. */
  readonly name: string;
  /** The absolute path. */
  readonly path: string;
  /** What the file holds, byte for byte. */
  readonly bytes: Buffer;
  /** The text in it, whatever encoding it is stored in. */
  readonly content: string;
  /** A model is linted and repaired; decisions and forms are what models ask for, and are linted. */
  readonly kind: ModelKind;
}

/** A file of a folder that looks like a model and is taken for none. */
export interface LeftOutFile {
  readonly name: string;
  readonly reason: string;
}

export interface ModelFiles {
  /** Each once, in order. */
  readonly files: readonly ModelFile[];
  readonly leftOut: readonly LeftOutFile[];
}

/** Folders that hold copies, not sources. */
const skippedFolders: ReadonlySet<string> = new Set(['node_modules', 'dist', '.git', '.procos']);
const looksLikeModel = /\.(?:bpmn2?|xml|dmn|form|cmmn)$/i;

/**
 * The models, decisions and forms named, and those in the folders named.
 *
 * @throws PROCOS_CLI_FILE_UNREADABLE
 * @throws PROCOS_CLI_NO_MODEL for another kind of file, or a folder that holds none
 */
export function readModelFiles(io: Io, paths: readonly string[]): ModelFiles {
  const files = new Map<string, ModelFile>();
  const leftOut = new Map<string, LeftOutFile>();
  for (const path of paths) {
    const absolute = resolve(io.cwd, path);
    const isFolder = attempt(io, path, () => statSync(absolute)).isDirectory();
    const found = isFolder ? attempt(io, path, () => walk(absolute)).sort() : [absolute];
    const read = found.map((file) => readModelFile(io, file));
    if (!read.some(isTaken)) throw errors.PROCOS_CLI_NO_MODEL({ path, reason: reasonOfNone(read, isFolder) });
    for (const [index, file] of read.entries()) {
      const key = found[index] ?? '';
      if (isTaken(file)) files.set(key, file);
      else leftOut.set(key, file);
    }
  }
  return { files: [...files.values()], leftOut: [...leftOut.values()] };
}

function isTaken(file: ModelFile | LeftOutFile): file is ModelFile {
  return 'kind' in file;
}

function reasonOfNone(read: readonly (ModelFile | LeftOutFile)[], isFolder: boolean): string {
  const reasons = read.flatMap((file) =>
    isTaken(file) ? [] : [isFolder ? `${file.name}: ${file.reason}` : file.reason],
  );
  return reasons.length === 0 ? 'it holds no such file' : reasons.slice(0, 5).join('; ');
}

function readModelFile(io: Io, path: string): ModelFile | LeftOutFile {
  const name = shownName(io, path);
  if (!looksLikeModel.test(path)) return { name, reason: 'it has none of the endings' };
  if (/\.cmmn$/i.test(path)) return { name, reason: 'case models (CMMN) are not run here' };
  if (attempt(io, name, () => statSync(path)).isDirectory())
    return { name, reason: 'a link to a folder is not followed' };
  const bytes = attempt(io, name, () => readFileSync(path));
  const content = decodeModel(bytes);
  const kind = modelKind(path, content);
  return kind === undefined
    ? { name, reason: 'its root element is neither that of BPMN nor of DMN' }
    : { name, path, bytes, content, kind };
}

function shownName(io: Io, path: string): string {
  const name = relative(io.cwd, path);
  return name.startsWith('..') ? path : name;
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : walk(path);
    return looksLikeModel.test(entry.name) && isFileOrLink(entry) ? [path] : [];
  });
}

function isFileOrLink(entry: Dirent): boolean {
  return entry.isFile() || entry.isSymbolicLink();
}

function attempt<Result>(io: Io, file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw errors.PROCOS_CLI_FILE_UNREADABLE({ file, reason: reasonOf(error), cwd: io.cwd }, error);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EACCES') return 'access is denied';
  return messageOf(error);
}
