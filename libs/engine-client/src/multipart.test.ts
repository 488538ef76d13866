import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { fileUpload } from './multipart.ts';

async function* chunks(...parts: readonly string[]) {
  for (const part of parts) yield Buffer.from(part);
}

describe('the upload of a file', () => {
  it('is a form of two parts, and exactly as long as it says', async () => {
    const { body, contentType, size } = fileUpload({ filename: 'größe.txt', size: 9, chunks: chunks('one, ', 'zwö') });
    const sent = await text(body);
    const boundary = /boundary=(.+)$/.exec(contentType)?.[1] ?? '';

    expect(Buffer.byteLength(sent)).toBe(size);
    expect(sent.split(`--${boundary}`).map((part) => part.split('\r\n\r\n'))).toEqual([
      [''],
      ['\r\nContent-Disposition: form-data; name="valueType"\r\nContent-Type: text/plain', 'File\r\n'],
      [
        '\r\nContent-Disposition: form-data; name="data"; filename="größe.txt"\r\nContent-Type: application/octet-stream',
        'one, zwö\r\n',
      ],
      ['--\r\n'],
    ]);
  });

  it('lets no name of a file end its line or its quotes', async () => {
    const { body } = fileUpload({ filename: 'a"\r\nContent-Type: text/html', size: 0, chunks: chunks() });

    expect(await text(body)).toContain('filename="a%22%0D%0AContent-Type: text/html"\r\n');
  });
});
