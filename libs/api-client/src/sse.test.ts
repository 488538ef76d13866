import { describe, expect, it } from 'vitest';
import { readSse, type SseMessage } from './sse.ts';

async function read(...chunks: readonly string[]): Promise<SseMessage[]> {
  const encoder = new TextEncoder();
  return readBytes(chunks.map((chunk) => encoder.encode(chunk)));
}

async function readBytes(chunks: readonly Uint8Array[]): Promise<SseMessage[]> {
  const messages: SseMessage[] = [];
  for await (const message of readSse(ReadableStream.from(chunks))) messages.push(message);
  return messages;
}

describe('an event stream', () => {
  it('is read message by message, comments left out', async () => {
    expect(await read(': ping\n\nid: 1\nevent: gap\ndata: a\ndata: b\n\ndata:c\n\n')).toEqual([
      { id: '1', event: 'gap', data: 'a\nb' },
      { id: undefined, event: 'message', data: 'c' },
    ]);
  });

  it.each([
    ['in the middle of a line end', ['data: a\r', '\n\r', '\ndata: b\r\n\r\n']],
    ['in the middle of a word', ['da', 'ta: a\n\ndata: ', 'b\n\n']],
  ])('may be cut %s', async (_, chunks) => {
    expect((await read(...chunks)).map(({ data }) => data)).toEqual(['a', 'b']);
  });

  it('may be cut in the middle of a character', async () => {
    const bytes = new TextEncoder().encode('data: ü\n\n');
    const messages = await readBytes([bytes.slice(0, 7), bytes.slice(7)]);

    expect(messages).toEqual([{ id: undefined, event: 'message', data: 'ü' }]);
  });

  it('drops a message that the end of the stream cuts off', async () => {
    expect(await read('data: a\n\ndata: b\n')).toEqual([{ id: undefined, event: 'message', data: 'a' }]);
  });
});
