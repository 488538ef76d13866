import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { renderTable } from './table.ts';

const plain = (text: string): string => text;
const columns = [{ title: 'id', whole: true }, { title: 'name' }, { title: 'took', align: 'right' }] as const;

describe('a table', () => {
  it('is aligned, without spaces at the end of a line', () => {
    expect(
      renderTable(
        columns,
        [
          ['1', 'short', '5 ms'],
          ['22', 'a longer name', ''],
        ],
        { paint: plain },
      ),
    ).toBe('ID  NAME           TOOK\n1   short          5 ms\n22  a longer name\n');
  });

  it('fits into the width: the widest cells are cut, whole columns never', () => {
    const id = '5f0c1c1e-8a39-11f0-9d0c-0242ac120002';
    const lines = renderTable(columns, [[id, 'a very long name that nobody can read', '5 ms']], {
      width: 60,
      paint: plain,
    })
      .trimEnd()
      .split('\n');

    expect(lines[1]).toBe(`${id}  a very long nam…  5 ms`);
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(60);
  });

  it('counts places on the screen: emoji and Chinese characters take two', () => {
    expect(
      renderTable(
        [{ title: 'a' }, { title: 'b' }],
        [
          ['👍', 'x'],
          ['漢字', 'y'],
          ['é', 'z'],
        ],
        { paint: plain },
      ),
    ).toBe('A     B\n👍    x\n漢字  y\né     z\n');
  });

  it('cuts between characters, and never fills more than the width', () => {
    const lines = renderTable([{ title: 'name' }, { title: 'x', whole: true }], [['👩‍👩‍👧 家族家族家族家族', 'end']], {
      width: 16,
      paint: plain,
    })
      .trimEnd()
      .split('\n');

    expect(lines[1]).toBe('👩‍👩‍👧 家族家…   end');
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(16);
  });

  it('leaves out what may be left out before anything becomes unreadable', () => {
    const id = '5f0c1c1e-8a39-11f0-9d0c-0242ac120002';
    const wide = [
      { title: 'instance', whole: true },
      { title: 'process', whole: true },
      { title: 'state', whole: true },
      { title: 'started', optional: true },
      { title: 'business key', optional: true },
    ] as const;
    const render = (width: number) =>
      renderTable(wide, [[id, 'procos_health_monitoring', 'COMPLETED', '2026-03-01 10:00:00', 'order 17']], {
        width,
        paint: plain,
      })
        .trimEnd()
        .split('\n')[1];

    expect(render(80)).toBe(`${id}  procos_health_monitoring  COMPLETED`);
    expect(render(100)).toBe(`${id}  procos_health_monitoring  COMPLETED  2026-03-01 10:00:00`);
    expect(render(120)).toContain('order 17');
  });

  it('is coloured after it is aligned', () => {
    const paint = (text: string, tone?: string): string => (tone === undefined ? text : `<${tone}>${text}</>`);

    expect(renderTable([{ title: 'a' }, { title: 'b' }], [[{ text: 'x', tone: 'bad' }, 'y']], { paint })).toBe(
      '<dim>A</>  <dim>B</>\n<bad>x</>  y\n',
    );
  });
});
