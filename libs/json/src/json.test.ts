import { describe, expect, it } from 'vitest';
import { InexactNumberError, parseJson, writeJson } from './index.ts';

/** Texts that come back as they were, whatever is between reading and writing. */
const kept = [
  '7615917337495251231',
  '-7615917337495251231',
  '9223372036854775807',
  '-9223372036854775808',
  '9223372036854775808',
  '9007199254740993',
  '9007199254740992',
  '9007199254740991',
  '0',
  '-1',
  '0.1',
  '19.99',
  '12345678901234567890123456789012345678901234567890',
  'null',
  'true',
  '"9007199254740993"',
  '"1e400"',
  '[]',
  '{}',
  '""',
  '{"id":9007199254740993,"list":[9007199254740993,1,{"a":-9223372036854775808}]}',
  '{"__proto__":9007199254740993,"constructor":1,"toString":2}',
  '"\\u0000"',
  '{"9007199254740993":1}',
  '[null,9007199254740993]',
  '" \\" 9007199254740993 \\" "',
] as const;

describe('a JSON text', () => {
  it.each(kept)('%s is read and written without a change', (text) => {
    expect(writeJson(parseJson(text))).toBe(text);
    // What others write, a web framework or a logger, say, is the same.
    expect(JSON.stringify({ inside: parseJson(text) })).toBe(`{"inside":${text}}`);
  });

  it.each([
    ['1e20', 1e20],
    ['1E+2', 100],
    ['1.0', 1],
    ['9007199254740993.0e-3', Number('9007199254740.993')],
    ['3.14159265358979323846', Math.PI],
    ['1e23', 1e23],
    ['1.2345678901234568e+17', 1.2345678901234568e17],
    ['12345678901234560.0', 1.234567890123456e16],
    ['5e-324', 5e-324],
    ['0e999', 0],
    ['0.000', 0],
    ['-0.0', -0],
    ['1e-7', 1e-7],
  ] as const)('%s is the nearest number', (text, number) => {
    expect(parseJson(text)).toBe(number);
    expect(parseJson(`{"a":[${text}]}`)).toEqual({ a: [number] });
  });

  it.each([
    '1e400',
    '-1e400',
    '[1e309]',
    '{"a":1e-400}',
    '12345678901234567.89',
    '9007199254740993.0',
    '1234567890.12345678901e8',
    `${'9'.repeat(1_001)}`,
  ])('%.30s is refused, not changed', (text) => {
    expect(() => parseJson(text)).toThrow(InexactNumberError);
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it('says which number is refused', () => {
    expect(() => parseJson('{"a":1e400}')).toThrow(
      expect.objectContaining({
        code: 'PROCOS_JSON_NUMBER',
        message: 'The number 1e400 cannot be kept as it is: write it as text',
      }) as Error,
    );
  });

  it.each([
    '',
    '{',
    '{"id":9007199254740993',
    '9007199254740993n',
    '01234567890123456789',
    '+9007199254740993',
    'NaN',
    '[9007199254740993,]',
  ])('%j is no JSON', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it('of any depth is read', () => {
    const deep = (levels: number) => `${'['.repeat(levels)}9007199254740993${']'.repeat(levels)}`;
    expect(writeJson(parseJson(deep(500)))).toBe(deep(500));
    expect(() => parseJson(deep(100_000))).not.toThrow();
  });

  it('with long numbers among its texts is read in about the time that it takes without', () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => ({ id: n, text: `9007199254740993 \\ "${n}"` }));
    const [plain, long] = [rows, [...rows, { id: 9007199254740993n }]].map((value) => JSON.stringify(value)) as [
      string,
      string,
    ];
    const took = (text: string) => {
      const started = performance.now();
      expect(writeJson(parseJson(text)) === text).toBe(true);
      return performance.now() - started;
    };
    took(long);
    // A wide margin: what is told apart is work that grows with the square of the length.
    expect(took(long)).toBeLessThan(50 * took(plain) + 200);
  });

  it.each([
    '{9007199254740993:1}',
    '{"a":1,9007199254740993 : 1}',
    '9007199254740993 9007199254740993',
    '[9007199254740993 "a"]',
    '--9007199254740993',
    '9007199254740993.',
    '"9007199254740993',
    '{"a" 9007199254740993}',
    '9007199254740993e',
  ])('%s is no JSON, as without the number', (text) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it('gives members of any name to an ordinary object', () => {
    const value = parseJson('{"a":9007199254740993,"__proto__":{"admin":true}}') as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['a', '__proto__']);
  });
});

describe('a value', () => {
  it.each([
    [Number.NaN, 'The value is NaN'],
    [{ a: { b: [1, Number.POSITIVE_INFINITY] } }, 'The member "1" is Infinity'],
    [{ rate: Number.NEGATIVE_INFINITY, n: null }, 'The member "rate" is -Infinity'],
  ])('%j is refused, not written as null', (value, said) => {
    expect(() => writeJson(value)).toThrow(`${said}, which no number in JSON can say`);
  });

  it.each([[undefined], [() => 1], [Symbol('x')]])('%s is nothing that JSON has', (value) => {
    expect(() => writeJson(value)).toThrow(TypeError);
  });

  it('may hold nothing as well as the word for it', () => {
    expect(writeJson({ a: null, b: 'null', c: undefined })).toBe('{"a":null,"b":"null"}');
  });
});
