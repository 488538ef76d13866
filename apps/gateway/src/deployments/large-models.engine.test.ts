import { randomUUID } from 'node:crypto';
import type { DeploymentResult } from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { defaultIntakeLimits } from '@procos/process-model';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { modelOf } from '../testing/models.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway({ engine: createEngineClient(inject('engine')) });
});
afterAll(() => gateway.stop());

it('a model of the largest size that the lint takes is deployed', async () => {
  const key = `large_${randomUUID().slice(0, 8)}`;
  const model = modelOf(key);
  // Quotation marks and ends of lines take most room on the way.
  const room = defaultIntakeLimits.bytes - model.length - '<!---->'.length;
  const content = model.replace('?>', `?><!--${'"\n'.repeat(room / 2)}-->`);

  const { status, body } = await gateway.call<DeploymentResult>('POST', '/v1/deployments', {
    body: { files: [{ name: 'large.bpmn', content }] },
  });

  expect([status, body.definitions]).toMatchObject([201, [{ key, isNew: true }]]);
});
