import type { DeploymentResult, ModelRefused } from '@procos/contracts';
import { defaultIntakeLimits } from '@procos/process-model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { modelOf } from '../testing/models.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const deploy = (content: string) =>
  gateway.call<DeploymentResult & ModelRefused>('POST', '/v1/deployments', {
    body: { files: [{ name: 'large.bpmn', content }] },
  });

it('takes a model of the largest size that the lint takes, and says of a larger one what the lint says', async () => {
  const { bytes } = defaultIntakeLimits;
  const large = modelOf('large');
  // Quotation marks and ends of lines are those that take most room on the way.
  const filled = (size: number) => large.replace('?>', `?><!--${'"\n'.repeat((size - large.length - 7) / 2)}-->`);

  const taken = await deploy(filled(bytes));
  const refused = await deploy(filled(bytes + 2));

  expect([taken.status, taken.body.definitions]).toMatchObject([201, [{ key: 'large' }]]);
  expect([refused.status, refused.body.findings]).toMatchObject([422, [{ rule: 'safe-intake' }]]);
}, 30_000);

it('says how much it takes where more is sent', async () => {
  expect(await deploy('x'.repeat(3 * defaultIntakeLimits.bytes))).toMatchObject({
    status: 413,
    body: {
      error: { code: 'PROCOS_HTTP_BODY_TOO_LARGE', message: 'The request body is larger than 16842752 bytes.' },
    },
  });
  expect(
    await gateway.call('POST', '/v1/requests', { body: { process: 'a', variables: { a: 'x'.repeat(5_000_000) } } }),
  ).toMatchObject({ status: 413, body: { error: { message: 'The request body is larger than 4194304 bytes.' } } });
});
