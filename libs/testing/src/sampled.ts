import { shuffled } from './seeded-random.ts';

const isFull = process.env['PROCOS_TEST_FULL'] === '1';

/**
 * Shown in the names of tests that try a sample; `PROCOS_TEST_SEED` repeats one (`.ci/run` sets it from the files that are committed),
 * `PROCOS_TEST_FULL=1` tries all.
 */
export const sampleSeed = Number(process.env['PROCOS_TEST_SEED'] ?? Math.floor(Math.random() * 1e6));

/** Milliseconds: a full run takes minutes. */
export const sampleTimeout = isFull ? 900_000 : 60_000;

/** So many of the values, others each time; all of them in a full run. */
export function sampled<Value>(values: readonly Value[], count: number): Value[] {
  if (isFull) return [...values];
  return shuffled(values, sampleSeed).slice(0, count);
}
