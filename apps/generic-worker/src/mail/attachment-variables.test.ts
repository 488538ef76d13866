import { describe, expect, it } from 'vitest';
import { BpmnError, TerminalError } from '@procos/errors';
import type { OpenFileVariable } from '../files/file-variable.ts';
import { rejection, taskContext } from '../testing/try-task.ts';
import { withVariables } from './attachment-variables.ts';

const mail = { to_email: 'ada@example.com', subject: 'Hello', body: 'x' };
let closed = 0;
/** Variables of a process instance: a file in pieces, one without end, and one that says how large it is. */
const open: OpenFileVariable = async (instance, name) => {
  if (!['report', 'endless', 'huge'].includes(name))
    throw new TerminalError(`The process has no variable ${name} that is a file or text.`);
  const piece = Buffer.from(`${instance} ä\n`);
  const pieces = (function* () {
    for (let n = 0; name === 'endless' || n < 2; n++) yield piece;
  })();
  return { chunks: pieces, size: name === 'huge' ? 2_000_000 : undefined, close: () => void closed++ };
};
const read = (attachments: object[] | string | undefined) =>
  withVariables({ ...mail, attachments } as Parameters<typeof withVariables>[0], taskContext(), {
    open,
    maxBytes: 1_000,
  });

describe('a file from a variable of the process', () => {
  it('comes in the place of its name, beside others', async () => {
    const attachments = [
      { filename: 'report.txt', content_variable: 'report', content_type: 'text/plain' },
      { filename: 'a.txt', content: 'YQ==' },
    ];
    const expected = [
      {
        filename: 'report.txt',
        content: Buffer.from('instance-1 ä\ninstance-1 ä\n').toString('base64'),
        content_type: 'text/plain',
        encoding: 'base64',
      },
      { filename: 'a.txt', content: 'YQ==' },
    ];
    closed = 0;

    expect((await read(attachments)).attachments).toEqual(expected);
    expect((await read(JSON.stringify(attachments))).attachments).toEqual(expected);
    expect(closed).toBe(2);
  });

  it('is not looked for when none is named', async () => {
    expect(await read(undefined)).toEqual({ ...mail, attachments: undefined });
    expect(await read('[]')).toEqual({ ...mail, attachments: '[]' });
  });

  it.each([
    [
      'without end',
      { content_variable: 'endless' },
      BpmnError,
      'The mail was refused: its attachments have more than 1000 bytes, which is the limit.',
    ],
    [
      'that is too large',
      { content_variable: 'huge' },
      BpmnError,
      'The mail was refused: its attachments have more than 1000 bytes, which is the limit.',
    ],
    [
      'that is not there',
      { content_variable: 'nothing' },
      TerminalError,
      'The process has no variable nothing that is a file or text.',
    ],
    [
      'beside a content',
      { content_variable: 'report', content: '' },
      TerminalError,
      'The attachment "a" has a content and a content_variable: only one can be sent.',
    ],
  ])('%s is not sent', async (_, attachment, type, message) => {
    const thrown = await rejection(read([{ filename: 'a', ...attachment }]));

    expect(thrown).toBeInstanceOf(type);
    expect(thrown).toHaveProperty('message', message);
  });

  it('counts together with the others', async () => {
    const many = Array.from({ length: 19 }, () => ({ filename: 'a', content_variable: 'report' }));

    expect(((await read(many)).attachments as object[]).length).toBe(19);
    expect(
      await rejection(withVariables({ ...mail, attachments: many }, taskContext(), { open, maxBytes: 500 })),
    ).toMatchObject({ code: 'EMAIL_REFUSED' });
  });
});
