import type { EngineClient } from '@procos/engine-client';
import { createFailureFinder, type FailureFinder } from '@procos/instance-outcome';

const finders = new WeakMap<EngineClient, FailureFinder>();

/** Which instances of an engine have failed: what has ended is judged once. */
export function failuresOf(engine: EngineClient): FailureFinder {
  const finder = finders.get(engine) ?? createFailureFinder(engine);
  finders.set(engine, finder);
  return finder;
}
