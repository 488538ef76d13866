import { BpmnError, TerminalError } from '@procos/errors';
import { describe, expect, it } from 'vitest';
import { readAllowEntry } from './allow-list.ts';
import { prepareMail } from './prepare-mail.ts';

const policy = { allow: [], maxBytes: 1_000 };
const basic = { to_email: 'ada@example.com', subject: 'Hello', body: 'Good morning.' };
const prepare = (changes: object, allow: readonly string[] = []) =>
  prepareMail({ ...basic, ...changes }, { ...policy, allow });
function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  throw new TypeError('Nothing was thrown');
}

describe('a mail', () => {
  it('goes to each address once, as text or HTML or both', () => {
    const mail = prepare({
      to_email: ['Ada <ada@example.com>', 'bob@example.com'],
      cc: 'bob@example.com, "C, D" <c@example.com>',
      bcc: ['ada@example.com', 'x@example.com'],
      body_html: '<p>Hi</p>',
    });

    expect(mail.to.map(({ address }) => address)).toEqual(['ada@example.com', 'bob@example.com']);
    expect(mail.cc).toEqual([{ name: 'C, D', address: 'c@example.com', domain: 'example.com' }]);
    expect(mail.bcc.map(({ address }) => address)).toEqual(['x@example.com']);
    expect(mail).toMatchObject({ text: 'Good morning.', html: '<p>Hi</p>', from: undefined });
    expect(prepare({ body_type: 'html', body: '<b>x</b>' })).toMatchObject({ text: undefined, html: '<b>x</b>' });
  });

  it('takes its files as a list, or as the JSON text of one', () => {
    const files = [
      { filename: 'a.txt', content: 'ä', encoding: 'utf-8' as const, content_type: 'text/plain' },
      { filename: 'b', content: 'AAEC\n' },
    ];

    const expected = [
      { filename: 'a.txt', contentType: 'text/plain', content: Buffer.from('ä') },
      { filename: 'b', contentType: 'application/octet-stream', content: Buffer.from([0, 1, 2]) },
    ];
    expect(prepare({ attachments: files }).attachments).toEqual(expected);
    expect(prepare({ attachments: JSON.stringify(files) }).attachments).toEqual(expected);
    expect(prepare({ attachments: '' }).attachments).toEqual([]);
  });

  it('takes files of many megabytes', () => {
    const content = Buffer.alloc(9_000_000, 1);

    const { attachments } = prepareMail(
      { ...basic, attachments: [{ filename: 'a', content: content.toString('base64') }] },
      { allow: [], maxBytes: 10_000_000 },
    );

    expect(attachments[0]?.content.equals(content)).toBe(true);
  });

  it('with parameters that make no sense is an incident', () => {
    const wrong = [
      '[',
      '{}',
      '[{"filename":"a"}]',
      '[{"filename":"a","content_variable":1}]',
      '[{"filename":"a","content":"","encoding":"hex"}]',
      '[null]',
    ].map((attachments) => thrownBy(() => prepare({ attachments })));

    expect(wrong.every((thrown) => thrown instanceof TerminalError)).toBe(true);
    expect(wrong[2]).toHaveProperty('message', 'Attachment 1 has no content.');
    expect(wrong[1]).toHaveProperty(
      'message',
      'The parameter attachments must be a list of {filename, content or content_variable, encoding, content_type}.',
    );
  });

  it.each([
    ['no recipient', { to_email: ' , ' }, 'The mail was refused: it has no recipient.'],
    ['a recipient that is none', { to_email: 'ada' }, 'The mail was refused: "ada" must have the form name@domain.'],
    [
      'too many recipients',
      { to_email: Array.from({ length: 101 }, (_, n) => `a${n}@example.com`) },
      'The mail was refused: it has 101 recipients and the limit is 100.',
    ],
    [
      'two senders',
      { from_email: 'a@example.com, b@example.com' },
      'The mail was refused: from_email must be one address.',
    ],
    ['a sender that is none', { from_email: 'a' }, 'The mail was refused: from_email must have the form name@domain.'],
    [
      'an answer address that is none',
      { reply_to: 'a' },
      'The mail was refused: reply_to must have the form name@domain.',
    ],
    [
      'a text that is too long',
      { body: 'x'.repeat(1_001) },
      'The mail was refused: its text has 1001 bytes and the limit is 1000.',
    ],
    [
      'files that are too large',
      { attachments: [{ filename: 'a', content: 'x'.repeat(1_000), encoding: 'utf-8' }] },
      'The mail was refused: its attachments have 1000 bytes and the limit is 987.',
    ],
    [
      'too many files',
      { attachments: Array.from({ length: 21 }, () => ({ filename: 'a', content: '' })) },
      'The mail was refused: it has 21 attachments and the limit is 20.',
    ],
    [
      'a file that is no base64',
      { attachments: [{ filename: 'a', content: 'no!' }] },
      'The mail was refused: attachment 1 is no base64 text, as its encoding says it is.',
    ],
    [
      'a content type that is none',
      { attachments: [{ filename: 'a', content: '', content_type: 'text' }] },
      'The mail was refused: the content type of attachment 1 is no media type.',
    ],
  ])('with %s is refused, which a model can catch', (_, changes, message) => {
    const thrown = thrownBy(() => prepare(changes));

    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({ code: 'EMAIL_REFUSED', message, variables: { sent: false } });
  });

  it('names every recipient that is wrong', () => {
    const thrown = thrownBy(() =>
      prepare({ to_email: ['a', 'ada@example.com'], cc: 'b\u0007@example.com', bcc: 'eve@other.example' }, [
        'example.com',
      ]),
    );

    expect(thrown).toMatchObject({
      variables: {
        refused: [
          { email: 'a', reason: 'must have the form name@domain' },
          { email: 'b\u{fffd}@example.com', reason: 'holds a character that cannot be seen' },
          { email: 'eve@other.example', reason: 'is not on the list of allowed recipients' },
        ],
      },
    });
  });
});

describe('the list of allowed recipients', () => {
  const allow = ['Example.com', '*.below.example', 'eve@bücher.example'].map(readAllowEntry);

  it.each([
    'ada@example.com',
    'ADA@EXAMPLE.COM',
    'x@a.below.example',
    'x@a.b.below.example',
    'eve@bücher.example',
    'Eve@xn--bcher-kva.example',
  ])('lets %s pass', (to_email) => {
    expect(prepare({ to_email }, allow).to).toHaveLength(1);
  });

  it.each([
    'ada@a.example.com',
    'ada@notexample.com',
    'x@below.example',
    'bob@bücher.example',
    'ada@example.com.evil.example',
    'x@notbelow.example',
  ])('stops %s', (to_email) => {
    expect(() => prepare({ to_email }, allow)).toThrow(/is not on the list of allowed recipients/);
  });

  it.each(['a b', 'ada@', '*', '*.', 'localhost'])('cannot hold %j', (entry) => {
    expect(() => readAllowEntry(entry)).toThrow(`names "${entry}", which`);
  });
});
