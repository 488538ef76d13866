import type { DeploymentResult } from '@procos/contracts';
import { defaultIntakeLimits, fixProcessModel } from '@procos/process-model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { modelOf } from '../testing/models.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

it('counts the elements of a model, not those of its drawing: 8,000 and more pass lint, fix and deployment', async () => {
  const settings = '<camunda:inputParameter name="url">http://service.test/</camunda:inputParameter>';
  const steps = Array.from({ length: 200 }, (_, at) => {
    const after = at === 199 ? 'ended' : `call${at + 1}`;
    const more = Array.from({ length: 39 }, (_none, nth) =>
      settings.replace('"url"', nth === 0 ? '"url"' : `"v${nth}"`),
    );
    return `<serviceTask id="call${at}" name="Call ${at}" camunda:type="external" camunda:topic="http_request"><extensionElements><camunda:inputOutput>${more.join('')}</camunda:inputOutput></extensionElements><incoming>to${at}</incoming><outgoing>to${at + 1}</outgoing></serviceTask><sequenceFlow id="to${at + 1}" sourceRef="call${at}" targetRef="${after}"/>`;
  });
  const flow = '<sequenceFlow id="to0" sourceRef="begun" targetRef="call0"/>';
  const chain = modelOf('chain')
    .replace(/<serviceTask[\s\S]*?<\/serviceTask>/, steps.join('\n') + flow)
    .replace(/<sequenceFlow id="to_\w+"[^>]*>/g, '')
    .replace('>to_call<', '>to0<')
    .replace('>to_end<', '>to200<');
  const elementsOf = (xml: string) => xml.match(/<\w/g)?.length ?? 0;

  const { xml } = await fixProcessModel(chain);
  const deployed = await gateway.call<DeploymentResult>('POST', '/v1/deployments', {
    body: { files: [{ name: 'chain.bpmn', content: xml }] },
  });

  expect(elementsOf(chain)).toBeGreaterThan(8_000);
  expect(elementsOf(xml)).toBeGreaterThan(defaultIntakeLimits.elements);
  expect([deployed.status, deployed.body.definitions]).toMatchObject([201, [{ key: 'chain' }]]);
}, 30_000);
