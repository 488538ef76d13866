import { describe, expect, it } from 'vitest';
import { renderTable } from './table.ts';

const plain = (text: string): string => text;
const columns = [{ title: 'id', whole: true }, { title: 'name' }, { title: 'took', align: 'right' }] as const;

describe('a table', () => {
  it('is aligned, without spaces at the end of a line', () => {
    expect(renderTable(columns, [['1', 'short', '5 ms'], ['22', 'a longer name', '']], { paint: plain })).toBe(
      'ID  NAME           TOOK\n1   short          5 ms\n22  a longer name\n',
    );
  });

  it('fits into the width: the widest cells are cut, whole columns never', () => {
    const id = '5f0c1c1e-8a39-11f0-9d0c-0242ac120002';
    const lines = renderTable(columns, [[id, 'a very long name that nobody can read', '5 ms']], { width: 60, paint: plain }).trimEnd().split('\n');

    expect(lines[1]).toBe(`${id}  a very long nam…  5 ms`);
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(60);
  });

  it('counts characters, not code units', () => {
    expect(renderTable([{ title: 'a' }, { title: 'b' }], [['👍', 'x']], { paint: plain })).toBe('A  B\n👍  x\n');
  });

  it('is coloured after it is aligned', () => {
    const paint = (text: string, tone?: string): string => (tone === undefined ? text : `<${tone}>${text}</>`);

    expect(renderTable([{ title: 'a' }, { title: 'b' }], [[{ text: 'x', tone: 'bad' }, 'y']], { paint })).toBe('<dim>A</>  <dim>B</>\n<bad>x</>  y\n');
  });
});
