import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const tests = globSync(['{apps,libs,processes}/**/*.test.ts'], {
  cwd: root,
  exclude: (path) => path.includes('node_modules'),
})
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');

/** `T1 to T6` in a title stands for each of them. */
const named = new Set(
  [...tests.matchAll(/\bT(\d+)(?: to T(\d+))?\b/g)].flatMap(([, first, last]) => {
    const from = Number(first);
    return Array.from({ length: Number(last ?? first) - from + 1 }, (_, index) => from + index);
  }),
);

describe('the traps of the founding documents', () => {
  it.each(Array.from({ length: 15 }, (_, index) => index + 1))('trap T%i is named by a test that holds it', (trap) => {
    expect(named.has(trap)).toBe(true);
  });
});

describe('no text from outside is ever run as code (trap T13)', () => {
  it('neither by eval nor by a function made from text', () => {
    const sources = globSync(['{apps,libs}/*/src/**/*.ts'], { cwd: root }).filter((file) => !file.endsWith('.test.ts'));

    const offenders = sources.filter((file) => /\beval\(|new Function\(/.test(readFileSync(join(root, file), 'utf8')));

    expect(sources.length).toBeGreaterThan(100);
    expect(offenders).toEqual([]);
  });
});
