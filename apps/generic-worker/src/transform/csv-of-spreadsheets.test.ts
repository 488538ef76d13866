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

describe('CSV of spreadsheets and other programs', () => {
  const people = [
    { name: 'Ada', city: 'Bern' },
    { name: 'Bob', city: 'Basel' },
  ];
  const three = [...people, { name: 'Cyd', city: 'Chur' }];
  const sample = (name: string) => convert('csv', 'json', caseFile('data', name).toString());

  it.each([
    ['cr-only.csv', people],
    ['crlf-header-lf-rows.csv', three],
    ['lf-header-crlf-rows.csv', three],
  ])('has the same rows whatever its lines end with: %s', (name, rows) => {
    expect(sample(name)).toEqual(rows);
  });

  it('has the same rows with every mixture of line ends', () => {
    const lines = ['name,note', 'Ada,"two\nlines"', 'Bob,', 'Cyd,x'];
    const ends = ['\n', '\r\n', '\r', ''];
    const mixtures = ends
      .slice(0, 3)
      .flatMap((a) => ends.slice(0, 3).flatMap((b) => ends.slice(0, 3).flatMap((c) => ends.map((d) => [a, b, c, d]))));
    const rows = [
      { name: 'Ada', note: 'two\nlines' },
      { name: 'Bob', note: '' },
      { name: 'Cyd', note: 'x' },
    ];

    for (const mixture of mixtures)
      expect(
        convert('csv', 'json', lines.map((line, index) => line + (mixture[index] ?? '')).join('')),
        JSON.stringify(mixture),
      ).toEqual(rows);
  });

  it.each([
    ['header-twice.csv', 'line 1', 'two columns have the name "name"'],
    ['quote-in-cell.csv', 'line 2', 'a quote stands in the middle of a cell; the whole cell must be quoted'],
    ['short-row.csv', 'line 3', 'it has another number of cells than the lines before'],
  ])('that cannot be read for sure names its line: %s', (name, where, reason) => {
    expectFault(() => sample(name), where, reason);
  });

  it('names the right line whatever the lines end with', () => {
    for (const end of ['\n', '\r\n', '\r'])
      expectFault(
        () => convert('csv', 'json', ['a;b', '1;2', '', '"x', 'y";4', '5'].join(end)),
        'line 6',
        'it has another number of cells than the lines before',
      );
    expectFault(
      () => convert('csv', 'json', 'sep=;\r\na;b\r\n1;2\r\n3'),
      'line 4',
      'it has another number of cells than the lines before',
    );
    expectFault(() => convert('csv', 'json', 'sep=;\r\na;a\r\n'), 'line 2', 'two columns have the name "a"');
  });

  it('loses a column only when it has neither a name nor a cell', () => {
    expect(sample('trailing-comma.csv')).toEqual([
      { id: '1', name: 'Ada' },
      { id: '2', name: 'Bob' },
    ]);
    expect(convert('csv', 'json', 'id,,,\n1,,,\n')).toEqual([{ id: '1' }]);
    expect(convert('csv', 'json', 'id,\n1,x\n')).toEqual([{ id: '1', '': 'x' }]);
    expectFault(() => convert('csv', 'json', 'id,,\n1,x,y\n'), 'line 1', 'two columns have the name ""');
    expectFault(
      () => convert('csv', 'json', '1,2,3\n', { header: false, columns: ['a', 'b'] }),
      'columns',
      'there are 3 cells in a line and 2 names',
    );
  });

  it.each([
    ['\uFEFFName;Preis\r\nTee;3,20\r\n', [{ Name: 'Tee', Preis: '3,20' }]],
    ['sep=;\r\nName;Preis\r\nTee;3,20\r\n', [{ Name: 'Tee', Preis: '3,20' }]],
    ['\uFEFFsep=|\nName|Preis\nTee|3,20\n', [{ Name: 'Tee', Preis: '3,20' }]],
    ['Name\tPreis\nTee\t3,20\n', [{ Name: 'Tee', Preis: '3,20' }]],
    ['"Preis, netto";Menge;x\n1;2;3\n', [{ 'Preis, netto': '1', Menge: '2', x: '3' }]],
    ['a,"b;c;d"\n1,2\n', [{ a: '1', 'b;c;d': '2' }]],
    ['Name\nA;B,C\n', 'line 2'],
  ])('has its cells apart by what it uses itself: %j', (text, rows) => {
    if (typeof rows === 'string')
      expectFault(() => convert('csv', 'json', text), rows, 'it has another number of cells than the lines before');
    else expect(convert('csv', 'json', text)).toEqual(rows);
  });

  it('may write its decimals with a comma, and no digit is lost or moved', () => {
    const text = 'a;b;c;d;e;f;g;h\n3,20;-1.234.567,5;1.234;12.34;007;9007199254740993;1,2,3;0,10\n';
    expect(convert('csv', 'json', text, { parse_values: true, decimal_comma: true })).toEqual([
      { a: 3.2, b: -1234567.5, c: 1234, d: '12.34', e: '007', f: '9007199254740993', g: '1,2,3', h: 0.1 },
    ]);
    expect(convert('json', 'csv', [{ price: -3.2, id: 9007199254740993n, t: 'a;b' }], { decimal_comma: true })).toBe(
      'price;id;t\n-3,2;9007199254740993;"a;b"\n',
    );
  });

  it('has every digit of a long integer', () => {
    expect(
      convert('json', 'csv', '[{"id":7615917337495251231,"n":-9223372036854775809,"deep":{"a":[9007199254740993]}}]'),
    ).toBe('id,n,deep\n7615917337495251231,-9223372036854775809,"{""a"":[9007199254740993]}"\n');
    expect(convert('json', 'xml', '{"r":{"@id":7615917337495251231,"n":-9223372036854775809}}')).toContain(
      '<r id="7615917337495251231"><n>-9223372036854775809</n></r>',
    );
    expectFault(
      () => convert('json', 'csv', '[{"v":1e400}]'),
      'data',
      'it holds a number that cannot be kept: The number 1e400 cannot be kept as it is: write it as text',
    );
  });

  it('has columns of any name', () => {
    const names = [
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      '',
      ' ',
      '#text',
      '@id',
      '$',
      'größe',
      '名前',
      '😀',
    ];
    const text = `${names.join(',')}\n${names.map((_, index) => index).join(',')}\n`;
    const rows = convert('csv', 'json', text);

    expect(Object.entries((rows as object[])[0] ?? {})).toEqual(names.map((name, index) => [name, String(index)]));
    expect(convert('json', 'csv', JSON.stringify(rows), { escape_formulas: false })).toBe(text);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
