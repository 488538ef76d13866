import { launchEngine, type LaunchedEngine } from '@procos/engine-build';
import { afterAll, beforeAll } from 'vitest';

/**
 * An engine of its own for the tests of a group, in memory.
 *
 * @param env what it is given besides
 * @returns gives it, once the tests have begun
 */
export function useEngine(product: 'operaton' | 'camunda', env: Readonly<Record<string, string>> = {}) {
  let engine: LaunchedEngine;
  beforeAll(async () => {
    engine = await launchEngine({ product, inMemory: true, env });
  }, 600_000);
  afterAll(() => engine.stop());
  return (): LaunchedEngine => engine;
}

/** The engine as its makers ship it in this respect: that ours refuses code is a policy, and would hide everything else. */
export const takesCode = { PROCOS_ENGINE_REFUSE_EMBEDDED_CODE: 'false' };
