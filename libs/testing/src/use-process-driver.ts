import { createEngineClient } from '@procos/engine-client';
import { afterAll, beforeAll, inject, vi } from 'vitest';
import { createProcessDriver, type ProcessDriver } from './process-driver.ts';
import './vitest-context.ts';

/** The engine is asked many times in one test, and may be busy with the work of others. */
const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

/** The process driver of a test file: deploys the models before its tests and removes them after. */
export function useProcessDriver(...models: readonly URL[]): ProcessDriver {
  vi.setConfig(timeouts);
  const client = createEngineClient(inject('engine'));
  const driver = createProcessDriver(client);
  beforeAll(() => driver.deploy(...models));
  afterAll(async () => {
    await driver.cleanUp();
    await client.close();
  });
  return driver;
}
