import { expect } from 'vitest';
import type { Compared } from './compare-judges.ts';

/** A dry run is never wrong; the lint alone is wrong about one model in a hundred at most, and refuses none wrongly. */
export function expectAgreement(
  { models, lint, dryRun }: Compared,
  falseAcceptsOfLint = Math.ceil(models / 100),
): void {
  expect(models).toBeGreaterThan(0);
  expect(dryRun.falseRefusals).toEqual([]);
  expect(dryRun.falseAccepts).toEqual([]);
  expect(lint.falseRefusals).toEqual([]);
  expect(lint.falseAccepts.slice(falseAcceptsOfLint)).toEqual([]);
}
