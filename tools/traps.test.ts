import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

interface TrapRow {
  /** `T1`, or `T1 to T6` for each of them. */
  readonly traps: string;
  readonly file: string;
  readonly title: string;
}

/** The table of `docs/traps.md`. */
const rows = readFileSync(join(root, 'docs/traps.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| T') && !line.startsWith('| Trap'))
  .map((line): TrapRow => {
    const [traps = '', , , file = '', title = ''] = line.slice(2, -2).split(' | ');
    return { traps, file: file.replaceAll('`', ''), title };
  });

const named = new Set(
  rows.flatMap(({ traps }) => {
    const [, first = '0', last = first] = /^T(\d+)(?: to T(\d+))?$/.exec(traps) ?? [];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
  }),
);

describe('the traps of the founding documents', () => {
  it.each(Array.from({ length: 15 }, (_, index) => index + 1))('trap T%i is named by a test that holds it', (trap) => {
    expect([...named]).toContain(trap);
  });

  it.each(rows)('$traps is held by $file: $title', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true);
    expect(titlesIn(file)).toContain(title);
  });
});

/** What stands in the file as the title of a test, or as the name of a case in its table. */
function titlesIn(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const titles = text.matchAll(
    /(?:\bit(?:\.each\([^)]*\))?\(\s*|\btrap: )(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g,
  );
  return Array.from(titles, ([, single, double]) => single ?? double ?? '');
}

describe('no text from outside is ever run as code (trap T13)', () => {
  it('neither by eval nor by a function made from text', () => {
    const sources = globSync(['{apps,libs}/*/src/**/*.ts'], { cwd: root }).filter((file) => !file.endsWith('.test.ts'));

    const offenders = sources.filter((file) => /\beval\(|new Function\(/.test(readFileSync(join(root, file), 'utf8')));

    expect(sources.length).toBeGreaterThan(100);
    expect(offenders).toEqual([]);
  });
});
