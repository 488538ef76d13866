import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { messageOf } from '@procos/errors';
import { errors } from '../errors.ts';
import type { Io } from '../io.ts';

export interface ModelFile {
  /** The path as it is shown: relative to where the command runs when it is below that. */
  readonly name: string;
  /** The absolute path. */
  readonly path: string;
  readonly content: string;
}

/** Folders that hold copies, not sources. */
const skippedFolders: ReadonlySet<string> = new Set(['node_modules', 'dist', '.git', '.procos']);

/**
 * The BPMN files named, and those in the folders named, each once, in order.
 *
 * @throws PROCOS_CLI_FILE_UNREADABLE
 * @throws PROCOS_CLI_NO_MODEL for another kind of file, or a folder that holds none
 */
export function readModelFiles(io: Io, paths: readonly string[]): ModelFile[] {
  const found = new Set(paths.flatMap((path) => bpmnPaths(io, path)));
  return Array.from(found, (path) => ({ name: shownName(io, path), path, content: readModel(io, path) }));
}

function shownName(io: Io, path: string): string {
  const name = relative(io.cwd, path);
  return name.startsWith('..') ? path : name;
}

function bpmnPaths(io: Io, path: string): string[] {
  const absolute = resolve(io.cwd, path);
  const isFolder = attempt(io, path, () => statSync(absolute)).isDirectory();
  if (!isFolder && absolute.endsWith('.bpmn')) return [absolute];
  if (!isFolder) throw errors.PROCOS_CLI_NO_MODEL({ path });
  const inside = attempt(io, path, () => walk(absolute)).sort();
  if (inside.length === 0) throw errors.PROCOS_CLI_NO_MODEL({ path });
  return inside;
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : walk(path);
    return entry.isFile() && entry.name.endsWith('.bpmn') ? [path] : [];
  });
}

function readModel(io: Io, path: string): string {
  return attempt(io, shownName(io, path), () => readFileSync(path, 'utf8'));
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
