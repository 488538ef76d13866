import { fileOperation } from '@procos/contracts';
import { TerminalError } from '@procos/errors';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import { appendFile, deleteFile, moveFile, writeFile } from '../files/change-files.ts';
import { type FileEncoding, toBytes, toText } from '../files/file-content.ts';
import { fileNotFound } from '../files/file-errors.ts';
import type { Jail } from '../files/jail.ts';
import { findFile, listFolder, readFile, typeOf } from '../files/look-at-files.ts';

interface FileRequest {
  readonly operation: 'read' | 'write' | 'append' | 'delete' | 'exists' | 'list' | 'stat' | 'move';
  readonly file_path: string;
  readonly content?: string;
  readonly encoding?: FileEncoding;
  readonly target_path?: string;
}
/** What an operation found out beyond what is at the path. */
interface Found {
  readonly content?: string;
  readonly entries?: Awaited<ReturnType<typeof listFolder>>;
}

/** Reads, writes and arranges files inside one folder. */
export function fileOperationTask(jail: Jail): TaskDefinition {
  return defineTask(fileOperation, async (input) => {
    const found = await operate(jail, input);
    const stats = await findFile(jail, input.file_path);
    if (input.operation === 'stat' && stats === undefined) throw fileNotFound(input.file_path);
    const type = stats === undefined ? null : typeOf(stats);
    return {
      success: true as const,
      exists: stats !== undefined,
      file_type: type,
      file_size: type === 'file' ? (stats?.size ?? null) : null,
      file_modified_at: stats?.mtime.toISOString() ?? null,
      file_content: found.content ?? null,
      file_entries: found.entries ?? null,
    };
  });
}

async function operate(jail: Jail, request: FileRequest): Promise<Found> {
  const { operation, file_path: path, encoding = 'utf-8' } = request;
  switch (operation) {
    case 'read':
      return { content: toText(await readFile(jail, path), encoding, path) };
    case 'list':
      return { entries: await listFolder(jail, path) };
    case 'write':
      await writeFile(jail, path, toBytes(needed(request, 'content'), encoding));
      return {};
    case 'append':
      await appendFile(jail, path, toBytes(needed(request, 'content'), encoding));
      return {};
    case 'delete':
      await deleteFile(jail, path);
      return {};
    case 'move':
      await moveFile(jail, path, needed(request, 'target_path'));
      return {};
    case 'exists':
    case 'stat':
      return {};
  }
}

function needed(request: FileRequest, name: 'content' | 'target_path'): string {
  const value = request[name];
  if (value === undefined) throw new TerminalError(`Missing required parameter: ${name}`);
  return value;
}
