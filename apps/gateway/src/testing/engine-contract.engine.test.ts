import { randomUUID } from 'node:crypto';
import { createEngineClient } from '@procos/engine-client';
import { afterAll, describe, inject } from 'vitest';
import { engineContract } from './engine-contract.ts';

describe('the real engine, as the gateway uses it', () => {
  const engine = createEngineClient(inject('engine'));
  const run = randomUUID().slice(0, 8);
  afterAll(async () => {
    const deployments = await engine.repository.deployments({ maxResults: 200 });
    for (const { id, name } of deployments)
      if (name?.endsWith(run) === true) await engine.repository.deleteDeployment(id);
    await engine.close();
  });
  engineContract({
    engine,
    run,
    start: async (key, businessKey) => (await engine.runtime.startByKey(key, { businessKey })).id,
  });
});
