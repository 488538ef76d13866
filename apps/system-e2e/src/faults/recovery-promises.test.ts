import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allowedRatio, promisedSeconds, promiseTable, recoveryPromises, recoveryRatio } from './recovery-promises.ts';

const root = join(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const waits = [...new Set(recoveryPromises.flatMap((promise) => promise.waits))].flatMap(({ what, seconds, setBy }) =>
  setBy === undefined ? [] : [{ what, seconds, ...setBy }],
);

describe('what is promised when a part is killed', () => {
  it('is what the README says', () => {
    expect(read('apps/system-e2e/README.md')).toContain(promiseTable());
  });

  it('rests on four times that the product sets', () => {
    expect(waits).toHaveLength(4);
  });

  it.each(waits)('rests on $what as the product sets it: $seconds s', ({ seconds, file, pattern }) => {
    const [, found = ''] = pattern.exec(read(file)) ?? [];

    expect(Number(found.replaceAll('_', ''))).toBe(seconds * 1_000);
  });

  it.each(recoveryPromises)(
    'is kept for $parts by whoever takes that long, and by nobody who takes three times as long',
    (promise) => {
      const promised = promisedSeconds(promise);
      const [part = ''] = promise.parts;

      expect(recoveryRatio(part, 8 + promised, 8)).toBeLessThan(1);
      expect(recoveryRatio(part, 8 + 3 * promised, 8)).toBeGreaterThan(allowedRatio);
    },
  );

  it('is not made up for a part that nobody promises anything for', () => {
    expect(() => recoveryRatio('mainframe', 1, 1)).toThrow(
      'Nothing is promised for mainframe: add it to recoveryPromises',
    );
  });
});
