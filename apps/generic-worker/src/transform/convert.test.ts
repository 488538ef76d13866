import { describe, expect, it } from 'vitest';
import { caseFile } from '@procos/testing';
import { convertData } from './inside/convert.ts';
import { StepError } from './inside/fault.ts';
import type { StepConfig } from './transformation.ts';

type Options = Omit<StepConfig<'convert'>, 'from' | 'to'>;
const convert = (from: 'json' | 'csv' | 'xml', to: 'json' | 'csv' | 'xml', data: unknown, options: Options = {}) =>
  convertData(data, { from, to, ...options });

function expectFault(work: () => unknown, where: string, reason: string): void {
  expect(work).toThrow(StepError);
  expect(work).toThrow(expect.objectContaining({ where, message: reason }) as Error);
}

describe('CSV', () => {
  it('becomes objects named by its first line, all of them text', () => {
    expect(convert('csv', 'json', '\uFEFFid,name\r\n007,"a ""b"", c"\r\n\r\n8,"two\nlines"\r\n')).toEqual([
      { id: '007', name: 'a "b", c' },
      { id: '8', name: 'two\nlines' },
    ]);
  });

  it('becomes numbers and truth values on demand, but never loses a digit', () => {
    const text = 'a;b;c;d;e\n1;-2.5;true;007;12345678901234567890\n';

    expect(convert('csv', 'json', text, { delimiter: ';', parse_values: true })).toEqual([
      { a: 1, b: -2.5, c: true, d: '007', e: '12345678901234567890' },
    ]);
  });

  it('without a header becomes lists, or objects by given columns', () => {
    expect(convert('csv', 'json', '1,2\n3,4\n', { header: false })).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(convert('csv', 'json', '1,2\n', { header: false, columns: ['a', 'b'] })).toEqual([{ a: '1', b: '2' }]);
  });

  it('cannot change what an object is', () => {
    const [row] = convert('csv', 'json', '__proto__,constructor,a\nx,y,z\n') as [object];

    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it.each([
    ['a,b\n1,2\n1\n', 'line 3', 'it has another number of cells than the lines before'],
    ['a,b\n1,"2\n', 'line 2', 'a quote is opened and never closed'],
    ['a,b\n1,"2"x\n', 'line 2', 'after the closing quote of a cell something follows that is no delimiter'],
    ['a,a\n1,2\n', 'line 1', 'two columns have the name "a"'],
  ])('%j is refused with its line', (text, where, reason) => {
    expectFault(() => convert('csv', 'json', text), where, reason);
  });

  it('is made of objects, with all their columns', () => {
    const rows = [
      { id: 1, name: 'a "b"' },
      { id: -2, tags: ['x'], gone: null, ok: true },
    ];

    expect(convert('json', 'csv', rows)).toBe('id,name,tags,gone,ok\n1,"a ""b""",,,\n-2,,"[""x""]",,true\n');
    expect(convert('json', 'csv', rows, { columns: ['id'], header: false })).toBe('1\n-2\n');
    expect(convert('json', 'csv', [[1, 2]])).toBe('1,2\n');
  });

  it('holds no formula of a spreadsheet unless that is wanted', () => {
    const rows = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'].map((a) => ({ a }));

    expect(
      String(convert('json', 'csv', rows))
        .split('\n')
        .slice(1, -1),
    ).toEqual(["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", '"\'\rx"']);
    expect(convert('json', 'csv', [{ a: '=1+1' }], { escape_formulas: false })).toBe('a\n=1+1\n');
  });

  it.each([
    [[{ a: 1 }, 2], 'row 2', 'it is no object, although other rows are'],
    ['"text"', 'data', 'it is neither a list nor an object'],
    ['{"a":', 'data', 'it is no JSON'],
  ])('cannot be made of %j', (data, where, reason) => {
    expectFault(() => convert('json', 'csv', data), where, reason);
  });
});

describe('XML', () => {
  it('has elements and attributes of any name, and they change no object', () => {
    const names = [
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'valueOf',
      'hasOwnProperty',
      '__defineGetter__',
      'größe',
      'a.b',
      'x:constructor',
    ];
    for (const name of names) {
      const value = convert(
        'xml',
        'json',
        `<a ${name}="1"><${name} k="v"><polluted>1</polluted></${name}><${name}/></a>`,
      ) as { a: object };
      expect(Object.entries(value.a), name).toEqual([
        [name, [{ polluted: '1', '@k': 'v' }, '']],
        [`@${name}`, '1'],
      ]);
      expect(Object.getPrototypeOf(value.a)).toBe(Object.prototype);
      expect(convert('xml', 'json', convert('json', 'xml', value))).toEqual(value);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(convert('xml', 'json', '<a><__proto__/></a>', { lists: ['__proto__'] })).toEqual({
      a: JSON.parse('{"__proto__":[""]}') as unknown,
    });
  });

  it('of a till is read with all its elements', () => {
    expect(convert('xml', 'json', caseFile('data', 'one.xml').toString('latin1'))).toMatchObject({
      'r:receipt': {
        line: { '@qty': '2', label: 'Tea &amp; <b>milk</b>', price: { '#text': '3.20', '@cur': 'EUR' } },
        constructor: 'c',
        toString: 't',
      },
    });
  });

  it('becomes members: elements, attributes, text', () => {
    const text =
      '<?xml version="1.0"?><!-- c --><orders n="2"><order id="007">a &lt; b &amp; c</order><order id="8"><![CDATA[<x>]]></order><none/></orders>';

    expect(convert('xml', 'json', text)).toEqual({
      orders: {
        '@n': '2',
        order: [
          { '@id': '007', '#text': 'a < b & c' },
          { '@id': '8', '#text': '<x>' },
        ],
        none: '',
      },
    });
    expect(convert('xml', 'json', '<a><b>1</b></a>', { lists: ['b'], parse_values: true })).toEqual({ a: { b: [1] } });
  });

  it('holds characters by their numbers, and CDATA as it is', () => {
    expect(convert('xml', 'json', '<a b="&#65;&apos;">&#65;&#x1F98A;&amp;#65;<![CDATA[&lt;&x;]]></a>')).toEqual({
      a: { '@b': "A'", '#text': 'A🦊&#65;&lt;&x;' },
    });
  });

  it.each(['&unknown;', '&#0;', '&#xD800;', '&#x110000;', 'a & b', '&lt', '&__proto__;', '&constructor;'])(
    'does not know %s',
    (reference) => {
      expect(() => convert('xml', 'json', `<a>${reference}</a>`)).toThrow(
        /(is no reference that is known without a document type|it is not well-formed)$/,
      );
    },
  );

  it.each([
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'XML', 'a document type is not allowed'],
    ['<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'XML', 'a document type is not allowed'],
    [`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`, 'XML', 'it is nested more than 64 levels deep'],
    ['<a>\n<b></a>', 'line 2, character 4', 'it is not well-formed'],
    ['no xml', 'line 1, character 1', 'it is not well-formed'],
  ])('%j is refused', (text, where, reason) => {
    expectFault(() => convert('xml', 'json', text), where, reason);
  });

  it('is made of members, and reads as the same again', () => {
    const value = {
      orders: {
        '@n': '2 "x"',
        order: [
          { '@id': '1', '#text': 'a < b & c\nd' },
          { '@id': '2', '#text': ']]>' },
        ],
        none: '',
      },
    };
    const text = convert('json', 'xml', value);

    expect(text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<orders n="2 &quot;x&quot;"><order id="1">a &lt; b &amp; c\nd</order><order id="2">]]&gt;</order><none/></orders>\n',
    );
    expect(convert('xml', 'json', text)).toEqual(value);
  });

  it('gets a root where there is none', () => {
    expect(convert('json', 'xml', [1, { a: null }], { root: 'all', item: 'one' })).toContain(
      '<all><one>1</one><one><a/></one></all>',
    );
    expect(convert('json', 'xml', { a: 1, b: 2 })).toContain('<root><a>1</a><b>2</b></root>');
  });

  it.each([
    [{ a: { 'no name>': 1 } }, '"no name>" cannot be the name of an element or attribute'],
    [{ a: { '@x="1" y': 1 } }, '"x=\\"1\\" y" cannot be the name of an element or attribute'],
    [{ a: '\u0000' }, 'it holds characters that XML cannot'],
  ])('cannot be made of %j', (data, reason) => {
    expectFault(() => convert('json', 'xml', data), 'data', reason);
  });

  it('becomes CSV, and CSV becomes XML', () => {
    expect(convert('xml', 'csv', '<a><b><c>1</c></b><b><c>2</c></b></a>')).toBe('c\n1\n2\n');
    expect(convert('csv', 'xml', 'c\n1\n2\n', { root: 'a', item: 'b' })).toContain(
      '<a><b><c>1</c></b><b><c>2</c></b></a>',
    );
  });
});
