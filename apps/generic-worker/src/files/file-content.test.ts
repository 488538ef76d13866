import { BpmnError, TerminalError } from '@procos/errors';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBytes, toText } from './file-content.ts';

describe('the bytes that a base64 text stands for', () => {
  it.each([
    ['', ''],
    ['aGVsbG8=', 'hello'],
    [' aGVs\r\n bG8=\t', 'hello'],
    ['aGVsbG8h', 'hello!'],
    ['aGVsbG8hIQ==', 'hello!!'],
  ])('of %j are those of %j', (text, bytes) => {
    expect(fromBase64(text, 'content').toString()).toBe(bytes);
  });

  it.each(['a', 'aGVsbG8', 'aGVsbG8==', 'aGVs=bG8', '====', 'a===', 'aGVs-_8=', 'größe123'])(
    'are none of %j',
    (text) => {
      expect(() => fromBase64(text, 'content')).toThrow(
        new TerminalError('The content is no base64 text, as the encoding says it is.'),
      );
    },
  );

  it('of a file of many megabytes are all of them', () => {
    const bytes = Buffer.alloc(12_000_000, 'ProcOS');

    expect(toBytes(bytes.toString('base64'), 'base64').equals(bytes)).toBe(true);
  });
});

describe('a text of windows-1252', () => {
  it('has its letters, and goes back to the same bytes', () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

    expect(toText(Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x20, 0x80]), 'windows-1252', 'a.csv')).toBe('Grüße €');
    expect(toBytes(toText(all, 'windows-1252', 'a.bin'), 'windows-1252').equals(all)).toBe(true);
    expect(() => toBytes('名', 'windows-1252')).toThrow(
      new TerminalError(
        'The content holds the character U+540D, which windows-1252 does not have: use the encoding utf-8.',
      ),
    );
  });
});

describe('the text that stands for bytes', () => {
  it('is refused when they are no UTF-8', () => {
    expect(() => toText(Buffer.from([0xff, 0xfe]), 'utf-8', 'a.bin')).toThrow(BpmnError);
    expect(toText(Buffer.from([0xff, 0xfe]), 'base64', 'a.bin')).toBe('//4=');
  });
});
