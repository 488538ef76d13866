import { expect, it } from 'vitest';
import { isOver, renderProfile } from './profile.mjs';

const result = (ms: number, files: { name: string; ms: number }[] = []) => ({
  passed: 1,
  failed: [],
  skipped: [],
  output: '',
  ms,
  files,
});

it('shows each step beside its budget, and the slowest test files of all', () => {
  const done = [
    { step: { name: 'lint', budget: 60 }, result: result(61_000) },
    {
      step: { name: 'unit', budget: 240 },
      result: result(9_000, [
        { name: 'a.test.ts', ms: 100 },
        { name: 'b.test.ts', ms: 2_500 },
      ]),
    },
    { step: { name: 'engine' }, result: result(1_000, [{ name: 'c.engine.test.ts', ms: 900 }]) },
  ];

  expect(renderProfile(done, 2).split('\n')).toEqual([
    'step        seconds   budget',
    'lint           61.0       60  over',
    'unit            9.0      240',
    'engine          1.0         ',
    '',
    'the 2 slowest test files',
    '    2.5  unit        b.test.ts',
    '    0.9  engine      c.engine.test.ts',
    '',
  ]);
});

it('holds no step to a budget that it does not have', () => {
  expect([isOver({}, { ms: 1e9 }), isOver({ budget: 1 }, { ms: 1_000 }), isOver({ budget: 1 }, { ms: 1_001 })]).toEqual(
    [false, false, true],
  );
});
