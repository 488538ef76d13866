import type { DeploymentResult, ModelRefused } from '@procos/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelOf } from '../testing/models.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';

let gateway: RunningGateway;
beforeEach(async () => {
  gateway = await startGateway({ env: { PROCOS_TOPICS: 'http_request, invoice_*' } });
});
afterEach(() => gateway.stop());

const deploy = <Body>(topic: string) =>
  gateway.call<Body>('POST', '/v1/deployments', {
    body: { files: [{ name: 'orders.bpmn', content: modelOf('orders', topic) }] },
  });

describe('deploying models where only some topics are allowed', () => {
  it.each(['http_request', 'invoice_posting'])('accepts %s', async (topic) => {
    const { status, body } = await deploy<DeploymentResult>(topic);

    expect(status).toBe(201);
    expect(body.findings.map(({ rule }) => rule)).not.toContain('known-topic');
  });

  it.each(['service_call', 'my_topic'])('refuses %s', async (topic) => {
    const { status, body } = await deploy<ModelRefused>(topic);

    expect(status).toBe(422);
    expect(body.error.message).toContain(
      `orders.bpmn, call, line 5: The topic "${topic}" is not allowed here [known-topic] Use a topic that is allowed, or have the operator add this one to PROCOS_TOPICS.`,
    );
    expect(gateway.world.deployments).toEqual([]);
  });
});
