import { describe, expect, it } from 'vitest';
import { decodeVariables, encodeVariables, fileValue } from './variables.ts';

describe('the variable codec', () => {
  it('gives each kind of value the engine type that keeps it whole', () => {
    const encoded = encodeVariables({ s: 'x', n: 500, d: 0.5, b: true, none: null, left: undefined, at: new Date(0) });

    expect(encoded).toEqual({
      s: { type: 'String', value: 'x' },
      n: { type: 'Long', value: 500 },
      d: { type: 'Double', value: 0.5 },
      b: { type: 'Boolean', value: true },
      none: { type: 'Null', value: null },
      at: { type: 'Date', value: '1970-01-01T00:00:00.000+0000' },
    });
  });

  it.each([
    ['text of 4,000 characters', 'é'.repeat(4_000), 'String'],
    ['text of 4,001 characters', 'é'.repeat(4_001), 'Object'],
    ['text with a NUL', 'a\0b', 'Object'],
    ['a structure', { a: [1, { b: null }] }, 'Object'],
    ['a list', [1, 'two'], 'Object'],
  ])('brings %s back unchanged, sent as %s', (_, value, type) => {
    const encoded = encodeVariables({ value });

    expect(encoded['value']?.type).toBe(type);
    expect(decodeVariables(encoded)).toEqual({ value });
  });

  it('keeps a file a file', () => {
    const encoded = encodeVariables({ file: fileValue(Buffer.from('hi'), 'a.txt', 'text/plain') });

    expect(encoded['file']).toEqual({ type: 'File', value: 'aGk=', valueInfo: { filename: 'a.txt', mimetype: 'text/plain' } });
  });
});
