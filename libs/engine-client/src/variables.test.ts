import { describe, expect, it } from 'vitest';
import { decodeVariables, encodeVariables, fileValue, UnreadableValue } from './variables.ts';

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
    ['text with half of a surrogate pair', 'a\ud800', 'Object'],
    ['the largest Long', 9223372036854775807n, 'Long'],
    ['more than a Long', 9223372036854775808n, 'Object'],
    ['a structure with long integers', { a: [-9223372036854775809n, { b: 9007199254740993n }] }, 'Object'],
    ['a structure', { a: [1, { b: null }] }, 'Object'],
    ['a list', [1, 'two'], 'Object'],
  ])('brings %s back unchanged, sent as %s', (_, value, type) => {
    const encoded = encodeVariables({ value });

    expect(encoded['value']?.type).toBe(type);
    expect(decodeVariables(encoded)).toEqual({ value });
  });

  it('keeps a file a file', () => {
    const encoded = encodeVariables({ file: fileValue(Buffer.from('hi'), 'a.txt', 'text/plain') });

    expect(encoded['file']).toEqual({
      type: 'File',
      value: 'aGk=',
      valueInfo: { filename: 'a.txt', mimetype: 'text/plain' },
    });
  });

  it.each([
    [Number.NaN, 'It is NaN, which no number in JSON can say'],
    [{ rate: Number.POSITIVE_INFINITY }, 'The member "rate" is Infinity, which no number in JSON can say'],
    [() => 1, 'What is function cannot be written as JSON'],
  ])('refuses %j by the name of its variable', (value, reason) => {
    expect(() => encodeVariables({ fine: 1, value })).toThrow(
      new TypeError(`The variable "value" cannot be kept: ${reason}`),
    );
  });

  const asJson = { objectTypeName: 'java.util.LinkedHashMap', serializationDataFormat: 'application/json' };
  it.each([
    [{ type: 'Object', value: '{"a": 1,,}', valueInfo: asJson }, 'Its text is no JSON'],
    [{ type: 'Json', value: '{\\"a' }, 'Its text is no JSON'],
    [
      { type: 'Object', value: '[1e400]', valueInfo: asJson },
      'The number 1e400 cannot be kept as it is: write it as text',
    ],
    [
      {
        type: 'Object',
        value: 'rO0ABXQABXRleHQx',
        valueInfo: { serializationDataFormat: 'application/x-java-serialized-object' },
      },
      'It is kept as application/x-java-serialized-object, not as JSON',
    ],
  ])('names what it cannot read, and gives it back to the engine as it was: %j', (value, reason) => {
    const decoded = decodeVariables({ broken: value, fine: { type: 'String', value: 'x' } });

    expect(decoded).toEqual({ broken: new UnreadableValue(value, reason), fine: 'x' });
    expect(JSON.stringify(decoded['broken'])).toBe(JSON.stringify({ unreadable: reason, type: value.type }));
    expect(encodeVariables(decoded)).toEqual({ broken: value, fine: { type: 'String', value: 'x' } });
  });
});
