import { Type, type TSchema } from 'typebox';
import { defineTaskContract } from '../task-contract.ts';

const FileType = Type.Union([Type.Literal('file'), Type.Literal('folder'), Type.Literal('other')]);
const FileEntry = Type.Object({ name: Type.String({ description: 'Name within the folder.' }), type: FileType });
const operations = ['read', 'write', 'append', 'delete', 'exists', 'list', 'stat', 'move'] as const;

/** Always there, so that a model can name it; null when the operation has nothing to say. */
function nullable<Schema extends TSchema>(schema: Schema, description: string) {
  return Type.Union([schema, Type.Null()], { description });
}

/** Source: generic worker of the reference, topic `file_operation`; list, stat, append and move are additions. */
export const fileOperation = defineTaskContract({
  topic: 'file_operation',
  title: 'Work on a file',
  description:
    'Reads, writes and arranges files inside one folder that it cannot leave. A write is whole or did not happen.',
  input: Type.Object({
    operation: Type.Union(
      operations.map((operation) => Type.Literal(operation)),
      { description: `One of ${operations.join(', ')}.` },
    ),
    file_path: Type.String({
      description:
        'Path inside the folder, with `/`: `notes/today.txt`. `.` is the folder itself (list, stat, exists).',
    }),
    content: Type.Optional(
      Type.String({ description: 'What write and append put into the file, in the given encoding.' }),
    ),
    content_variable: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description:
          'Name of a variable of the process that write takes the content from instead of `content`: a File variable, whose bytes then travel in pieces, or a text of any length.',
      }),
    ),
    as_file: Type.Optional(
      Type.Union([Type.Boolean(), Type.Literal('true'), Type.Literal('false')], {
        default: false,
        description:
          'read: give the content as the File variable `file`, as is done with every file of more than PROCOS_FILE_INLINE_BYTES. Its bytes travel in pieces.',
      }),
    ),
    encoding: Type.Optional(
      Type.Union([Type.Literal('utf-8'), Type.Literal('utf8'), Type.Literal('windows-1252'), Type.Literal('base64')], {
        default: 'utf-8',
        description:
          'How `content` and `file_content` stand for the bytes: text in UTF-8, or in windows-1252 as spreadsheets in Europe write it, or base64 for any bytes.',
      }),
    ),
    target_path: Type.Optional(Type.String({ description: 'Where move puts the file; an existing file is refused.' })),
  }),
  output: Type.Object({
    success: Type.Literal(true, { description: 'The operation was done; everything else is an error.' }),
    exists: Type.Boolean({ description: 'Whether something is at `file_path` after the operation.' }),
    file_type: nullable(FileType, 'What is there: `file`, `folder` or `other`; null when nothing is.'),
    file_size: nullable(Type.Integer(), 'Size of the file in bytes; null when there is none.'),
    file_modified_at: nullable(Type.String({ format: 'date-time' }), 'Last change; null when nothing is there.'),
    file_content: nullable(
      Type.String(),
      'read: the content in the given encoding; null otherwise, and for a file that is given as `file`.',
    ),
    file: Type.Optional(
      Type.Unknown({
        description:
          'read: the file as a File variable of the engine when it was asked for or is large; null otherwise.',
      }),
    ),
    file_entries: nullable(Type.Array(FileEntry), 'list: what the folder holds, by name; null otherwise.'),
  }),
  bpmnErrors: [
    {
      code: 'FILE_NOT_FOUND',
      when: 'Nothing is at the path, for read, delete, stat, list and move. A further attempt of the same task finds done what an earlier one has deleted or moved.',
    },
    {
      code: 'FILE_REFUSED',
      when: 'The path leaves the folder or passes a link, is of the wrong kind, exists already, or the size or number of files is over the limit.',
    },
  ],
});
