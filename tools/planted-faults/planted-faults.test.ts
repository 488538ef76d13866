import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plantedFaults } from './planted-faults.ts';

const root = join(import.meta.dirname, '../..');

describe.each(plantedFaults)('the planted fault: $what', ({ file, right, wrong, tests }) => {
  it('changes one place that is there', () => {
    expect(readFileSync(join(root, file), 'utf8').split(right)).toHaveLength(2);
    expect(wrong).not.toBe(right);
  });

  it('is to be seen by tests that are there', () => {
    expect(tests.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(tests).not.toEqual([]);
  });
});

it('at least twenty-seven of them are planted', () => {
  expect(plantedFaults.length).toBeGreaterThanOrEqual(27);
});
