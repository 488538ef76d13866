import { fileOperation } from '@procos/contracts';
import { fileValue, type TypedValue } from '@procos/engine-client';
import { TerminalError } from '@procos/errors';
import { defineTask, type TaskContext, type TaskDefinition } from '@procos/task-worker';
import { appendFile, deleteFile, moveFile, writeFile } from '../files/change-files.ts';
import { type FileEncoding, toBytes, toText } from '../files/file-content.ts';
import { fileNotFound } from '../files/file-errors.ts';
import type { OpenFileVariable, SaveFileVariable } from '../files/file-variable.ts';
import type { Jail } from '../files/jail.ts';
import { findFile, listFolder, readFile, typeOf, withFile } from '../files/look-at-files.ts';

export interface FileOperationOptions extends Jail {
  /** A file that is larger is read as a File variable instead of text, in bytes. @default 1048576 */
  readonly inlineBytes?: number;
  /** Where `content_variable` is read from. @default nowhere: it is refused */
  readonly openFileVariable?: OpenFileVariable;
  /** Puts a file that is read into the variable `file`, piece by piece. @default it is an output like all others, held as a whole */
  readonly saveFileVariable?: SaveFileVariable;
}

interface FileRequest {
  readonly operation: 'read' | 'write' | 'append' | 'delete' | 'exists' | 'list' | 'stat' | 'move';
  readonly file_path: string;
  readonly content?: string;
  readonly content_variable?: string;
  readonly encoding?: FileEncoding;
  readonly target_path?: string;
  readonly as_file?: boolean | 'true' | 'false';
}
/** What an operation found out beyond what is at the path. */
interface Found {
  readonly content?: string;
  readonly file?: TypedValue;
  /** The variable `file` is there already. */
  readonly isSaved?: boolean;
  readonly entries?: Awaited<ReturnType<typeof listFolder>>;
}

/** Reads, writes and arranges files inside one folder. */
export function fileOperationTask(options: FileOperationOptions): TaskDefinition {
  return defineTask(fileOperation, async (input, context) => {
    const found = await operate(options, input, context);
    const stats = await findFile(options, input.file_path);
    if (input.operation === 'stat' && stats === undefined) throw fileNotFound(input.file_path);
    const type = stats === undefined ? null : typeOf(stats);
    return {
      success: true as const,
      exists: stats !== undefined,
      file_type: type,
      file_size: type === 'file' ? (stats?.size ?? null) : null,
      file_modified_at: stats?.mtime.toISOString() ?? null,
      file_content: found.content ?? null,
      ...(found.isSaved === true ? {} : { file: found.file ?? null }),
      file_entries: found.entries ?? null,
    };
  });
}

async function operate(options: FileOperationOptions, request: FileRequest, context: TaskContext): Promise<Found> {
  const { operation, file_path: path, encoding = 'utf-8' } = request;
  switch (operation) {
    case 'read':
      return read(options, request, context);
    case 'list':
      return { entries: await listFolder(options, path) };
    case 'write':
      await write(options, request, context);
      return {};
    case 'append':
      await appendFile(options, path, toBytes(needed(request, 'content'), encoding));
      return {};
    case 'delete':
      await deleteFile(options, path, { isRepeated: context.lease.attempt > 1 });
      return {};
    case 'move':
      await moveFile(options, path, needed(request, 'target_path'), { isRepeated: context.lease.attempt > 1 });
      return {};
    case 'exists':
    case 'stat':
      return {};
  }
}

async function read(
  { inlineBytes = 1_048_576, saveFileVariable: save, ...jail }: FileOperationOptions,
  request: FileRequest,
  { processInstanceId, lease }: TaskContext,
): Promise<Found> {
  const { file_path: path, encoding = 'utf-8', as_file: asFile } = request;
  const size = (await findFile(jail, path))?.size ?? 0;
  const isFile = asFile === true || asFile === 'true' || size > inlineBytes;
  if (!isFile) return { content: toText(await readFile(jail, path), encoding, path) };
  if (save === undefined) return { file: fileValue(await readFile(jail, path), nameOf(path)) };
  await withFile(jail, path, (file) =>
    save(processInstanceId, 'file', { ...file, filename: nameOf(path) }, lease.signal),
  );
  return { isSaved: true };
}

async function write(
  { openFileVariable, ...jail }: FileOperationOptions,
  request: FileRequest,
  { processInstanceId, lease }: TaskContext,
): Promise<void> {
  const { file_path: path, content, content_variable: variable, encoding = 'utf-8' } = request;
  if (variable === undefined) {
    const bytes = toBytes(needed(request, 'content'), encoding);
    return writeFile(jail, path, { size: bytes.length, chunks: [bytes] });
  }
  if (content !== undefined) throw new TerminalError('Only one of content and content_variable can be written.');
  if (openFileVariable === undefined)
    throw new TerminalError('This worker has no engine to read the content_variable from.');
  const file = await openFileVariable(processInstanceId, variable, lease.signal);
  try {
    return await writeFile(jail, path, file);
  } finally {
    file.close();
  }
}

function nameOf(path: string): string {
  return path.split('/').findLast((name) => name !== '' && name !== '.') ?? path;
}

function needed(request: FileRequest, name: 'content' | 'target_path'): string {
  const value = request[name];
  if (value === undefined) throw new TerminalError(`Missing required parameter: ${name}`);
  return value;
}
