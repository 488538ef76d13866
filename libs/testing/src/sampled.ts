import { shuffled } from './seeded-random.ts';

/** `PROCOS_TEST_FULL=1`: all that there is, in place of a sample. */
export const isFull = process.env['PROCOS_TEST_FULL'] === '1';

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

/** How many numbers a simulation tries. */
export interface SimulatedNumbers {
  /** At most so many, and in a full run exactly so many. */
  readonly count: number;
  /** Milliseconds that a run which is not full spends on them. */
  readonly budgetMs: number;
  /** So many are tried however slow the machine is. */
  readonly atLeast: number;
}

/**
 * Numbers one after the other until their time is over. They begin with `PROCOS_SIMULATION_SEED`, otherwise with 1: what is
 * rare shows in a hundred thousand of them, not in a run of ten seconds; `PROCOS_SIMULATION_HISTORIES` of them where that is set, whatever the time.
 *
 * @yields a number
 */
export function* numbersToTry({ count, budgetMs, atLeast }: SimulatedNumbers): Generator<number> {
  const { PROCOS_SIMULATION_SEED: seed, PROCOS_SIMULATION_HISTORIES: exactly } = process.env;
  const first = Number(seed ?? 1);
  const isTimed = !isFull && exactly === undefined;
  const least = isTimed ? atLeast : Number(exactly ?? count);
  const until = performance.now() + budgetMs;
  for (let tried = 0; tried < least || (isTimed && tried < count && performance.now() < until); tried += 1)
    yield first + tried;
}
