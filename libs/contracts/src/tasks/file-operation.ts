import { Type } from 'typebox';
import { defineTaskContract } from '../task-contract.ts';

const FileEntry = Type.Object({
  name: Type.String({ description: 'Name within the folder.' }),
  type: Type.Union([Type.Literal('file'), Type.Literal('folder'), Type.Literal('other')]),
});

/** Source: generic worker of the reference, topic `file_operation`; list, stat, append and move are additions. */
export const fileOperation = defineTaskContract({
  topic: 'file_operation',
  title: 'Work on a file',
  description: 'Reads, writes and arranges files inside one folder that it cannot leave. A write is whole or did not happen.',
  input: Type.Object({
    operation: Type.Union(
      ['read', 'write', 'append', 'delete', 'exists', 'list', 'stat', 'move'].map((word) => Type.Literal(word as 'read')),
      { description: 'read, write, append, delete, exists, list, stat or move.' },
    ),
    file_path: Type.String({ description: 'Path inside the folder, with `/`: `notes/today.txt`. `.` is the folder itself (list, stat, exists).' }),
    content: Type.Optional(Type.String({ description: 'What write and append put into the file, in the given encoding.' })),
    encoding: Type.Optional(
      Type.Union([Type.Literal('utf-8'), Type.Literal('utf8'), Type.Literal('base64')], {
        default: 'utf-8',
        description: 'How `content` and `result` stand for the bytes: text, or base64 for any bytes.',
      }),
    ),
    target_path: Type.Optional(Type.String({ description: 'Where move puts the file; an existing file is refused.' })),
  }),
  output: Type.Object({
    success: Type.Boolean({ description: 'True when the operation was done.' }),
    exists: Type.Boolean({ description: 'Whether the file is there after the operation.' }),
    content: Type.Optional(Type.String({ description: 'read: the content in the given encoding.' })),
    entries: Type.Optional(Type.Array(FileEntry, { description: 'list: what the folder holds, by name.' })),
    type: Type.Optional(Type.String({ description: 'stat, exists: `file`, `folder` or `other`.' })),
    size: Type.Optional(Type.Integer({ description: 'Size in bytes.' })),
    modified_at: Type.Optional(Type.String({ format: 'date-time', description: 'stat: last change.' })),
  }),
  bpmnErrors: [
    { code: 'FILE_NOT_FOUND', when: 'Nothing is at the path, for read, delete, stat, list and move.' },
    {
      code: 'FILE_REFUSED',
      when: 'The path leaves the folder or passes a link, is of the wrong kind, exists already, or the size is over the limit.',
    },
  ],
});
