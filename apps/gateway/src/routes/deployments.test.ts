import type { DeploymentResult, Finding, ModelRefused } from '@procos/contracts';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import { caseFile } from '@procos/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeService, type FakeService } from '../testing/fake-service.ts';
import { modelOf } from '../testing/models.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';

let worker: FakeService;
let gateway: RunningGateway;
beforeEach(async () => {
  worker = await fakeService('invoice-worker', { status: 'ok', topics: ['invoice_posting'] });
  gateway = await startGateway({ directory: createInMemoryServiceDirectory([worker.record]) });
});
afterEach(async () => {
  await gateway.stop();
  await worker.stop();
});

interface Sent {
  readonly name?: string;
  readonly dryRun?: boolean;
  readonly allowMissing?: boolean;
}
const deploy = <Body = DeploymentResult>(files: Readonly<Record<string, string>>, sent: Sent = {}) =>
  gateway.call<Body>('POST', '/v1/deployments', {
    body: { ...sent, files: Object.entries(files).map(([name, content]) => ({ name, content })) },
  });

describe('deploying models', () => {
  it('makes a first version under a name of its own, and says that the diagram was drawn', async () => {
    const { status, body } = await deploy({ 'models/orders.bpmn': modelOf('orders') });

    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'ProcOS-orders', definitions: [{ key: 'orders', version: 1, isNew: true }] });
    expect(body.findings.find((finding) => finding.rule === 'has-diagram')).toMatchObject({
      file: 'models/orders.bpmn',
      severity: 'warning',
      remedy: expect.stringContaining('laid out when the model is deployed') as string,
    });
    expect(gateway.world.deployments).toMatchObject([{ name: 'ProcOS-orders', source: 'ProcOS Gateway' }]);
    expect(gateway.world.definitions[0]?.resource).toBe('orders.bpmn');
    expect(gateway.world.definitions[0]?.xml).toContain('BPMNShape');
  });

  it('makes no new version of an unchanged model, and a second one of a changed model', async () => {
    await deploy({ 'orders.bpmn': modelOf('orders') });

    const same = await deploy({ 'orders.bpmn': modelOf('orders') });
    const changed = await deploy({ 'orders.bpmn': modelOf('orders', 'service_call') });

    expect(same).toMatchObject({
      status: 200,
      body: { deploymentId: null, definitions: [{ key: 'orders', version: 1, isNew: false }] },
    });
    expect(changed).toMatchObject({ status: 201, body: { definitions: [{ key: 'orders', version: 2, isNew: true }] } });
  });

  it('goes back to an earlier model when that one is deployed again', async () => {
    for (const topic of ['http_request', 'service_call']) await deploy({ 'orders.bpmn': modelOf('orders', topic) });

    const { body } = await deploy({ 'orders.bpmn': modelOf('orders', 'http_request') });

    expect(body.definitions).toMatchObject([{ version: 3, isNew: true }]);
  });

  it('deploys of several models only what changed', async () => {
    await deploy({ 'a.bpmn': modelOf('a') });

    const { body } = await deploy({ 'a.bpmn': modelOf('a'), 'b.bpmn': modelOf('b') }, { name: 'Both' });

    expect(body).toMatchObject({
      name: 'Both',
      definitions: [
        { key: 'a', version: 1, isNew: false },
        { key: 'b', version: 1, isNew: true },
      ],
    });
    expect(gateway.world.definitions.map((one) => one.key)).toEqual(['a', 'b']);
  });

  it('only checks with dryRun, and tells the version that would come', async () => {
    const { status, body } = await deploy({ 'orders.bpmn': modelOf('orders') }, { dryRun: true });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      deploymentId: null,
      definitions: [{ key: 'orders', version: 1, id: null, isNew: true }],
    });
    expect(gateway.world.deployments).toEqual([]);
  });

  it('accepts a topic that a running worker of another make reports', async () => {
    expect((await deploy({ 'invoice.bpmn': modelOf('invoice', 'invoice_posting') })).status).toBe(201);
  });

  it('deploys a model with a topic of a worker it does not know, and warns', async () => {
    const { status, body } = await deploy({ 'own.bpmn': modelOf('own', 'weigh_parcel') });

    expect(status).toBe(201);
    expect(body.findings.filter((finding) => finding.rule === 'known-topic')).toMatchObject([
      {
        file: 'own.bpmn',
        elementId: 'call',
        severity: 'warning',
        message: 'There is no contract for the topic "weigh_parcel": is there a worker for it?',
        remedy: 'See that a worker of yours serves this topic.',
      },
    ]);
  });

  it('warns of a topic that is nearly a known one, with that one', async () => {
    const { status, body } = await deploy<DeploymentResult>({ 'own.bpmn': modelOf('own', 'http_requets') });

    expect(status).toBe(201);
    expect(body.findings).toContainEqual(
      expect.objectContaining({
        rule: 'known-topic',
        severity: 'warning',
        remedy: expect.stringMatching(/^Did you mean "http_request"\?/) as string,
      }),
    );
  });

  it('refuses all when one has a fault, and names file, element, rule and remedy', async () => {
    const { status, body } = await deploy<ModelRefused>({
      'good.bpmn': modelOf('good'),
      'bad.bpmn': modelOf('bad').replace('camunda:type="external"', ''),
    });

    expect(status).toBe(422);
    expect(body.error.code).toBe('PROCOS_GATEWAY_MODEL_REFUSED');
    expect(body.error.operations?.map(({ operationId }) => operationId)).toEqual(['lintModels']);
    expect(body.error.message).toMatch(/bad\.bpmn, call, line 5: .+ \[external-task-implementation\] .+/);
    expect(body.findings.filter((finding) => finding.severity === 'error')).toMatchObject([
      { file: 'bad.bpmn', elementId: 'call', rule: 'external-task-implementation' },
    ]);
    expect(gateway.world.deployments).toEqual([]);
  });

  it.each([
    ['no XML', 'this is <no XML', 'readable'],
    ['a document type', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><definitions/>', 'safe-intake'],
    [
      'a script',
      modelOf('script').replace(
        '<endEvent',
        '<scriptTask id="s" scriptFormat="js"><script>1</script></scriptTask><endEvent',
      ),
      'no-script',
    ],
  ])('refuses %s by its rule', async (_, content, rule) => {
    const { status, body } = await deploy<ModelRefused>({ 'bad.bpmn': content });

    expect(status).toBe(422);
    expect(body.findings.map((finding) => finding.rule)).toContain(rule);
  });

  it('tells what the engine itself refuses in the same form', async () => {
    const { status, body } = await deploy<ModelRefused>({
      'orders.bpmn': modelOf('orders').replace('name="Test"', 'name="engine-refuses"'),
    });

    expect(status).toBe(422);
    expect(body.findings[0]).toMatchObject({
      file: 'orders.bpmn',
      rule: 'engine',
      elementId: 'call',
      elementType: 'bpmn:ServiceTask',
      line: 5,
      column: 5,
      message: 'The engine refuses the model: it does not like it',
    });
    expect(gateway.world.deployments).toEqual([]);
  });

  it.each([
    ['no file', {}, 400, 'PROCOS_GATEWAY_INPUT'],
    ['a file that is no .bpmn', { 'a.txt': 'x' }, 400, 'PROCOS_GATEWAY_INPUT'],
    [
      'two files of the same name',
      { 'x/a.bpmn': modelOf('a'), 'y/a.bpmn': modelOf('b') },
      409,
      'PROCOS_GATEWAY_SAME_NAME',
    ],
  ])('refuses %s', async (_, files, status, code) => {
    expect(await deploy(files)).toMatchObject({ status, body: { error: { code } } });
  });

  it('lists what was deployed, newest first', async () => {
    await deploy({ 'a.bpmn': modelOf('a') });
    await deploy({ 'b.bpmn': modelOf('b') });

    const { body } = await gateway.call('GET', '/v1/deployments');

    expect(body).toMatchObject({
      deployments: [{ name: 'ProcOS-b' }, { name: 'ProcOS-a', time: expect.stringMatching(/Z$/) as string }],
    });
  });
});

describe('a long process', () => {
  it('is deployed with the drawing that it gets, whose size is not that of the model', async () => {
    const { status, body } = await deploy({ 'chain.bpmn': caseFile('bpmn', 'chain800.bpmn').toString('utf8') });

    expect([status, body.findings.filter(({ severity }) => severity === 'error')]).toEqual([201, []]);
    const drawn = gateway.world.definitions[0]?.xml ?? '';
    expect(drawn.match(/<[a-z]+:/gi)?.length).toBeGreaterThan(5_000);
    expect((await deploy({ 'chain.bpmn': drawn })).status).toBe(200);
  }, 60_000);
});

describe('what only the engine knows', () => {
  const calling = (key: string) =>
    modelOf('caller').replace('<endEvent', `<callActivity id="ask" calledElement="${key}"/><endEvent`);
  const missing = {
    rule: 'called-definitions',
    elementId: 'ask',
    line: 6,
    message: 'The process "orders" is not deployed',
  };

  it('refuses a call of a process that is nowhere, in a dry run as in a deployment', async () => {
    for (const dryRun of [true, false]) {
      const { status, body } = await deploy<ModelRefused>({ 'caller.bpmn': calling('orders') }, { dryRun });
      expect(status).toBe(422);
      expect(body.findings).toContainEqual(
        expect.objectContaining({
          ...missing,
          severity: 'error',
          remedy: expect.stringContaining('--allow-missing') as string,
        }),
      );
    }
    expect(gateway.world.deployments).toEqual([]);
  });

  it('deploys it where that is allowed, with the callee, or after it', async () => {
    const allowed = await deploy({ 'caller.bpmn': calling('orders') }, { allowMissing: true });
    expect(allowed).toMatchObject({
      status: 201,
      body: {
        findings: expect.arrayContaining([expect.objectContaining({ ...missing, severity: 'warning' })]) as unknown,
      },
    });

    expect((await deploy({ 'caller.bpmn': calling('orders2'), 'orders.bpmn': modelOf('orders2') })).status).toBe(201);
    expect((await deploy({ 'again.bpmn': calling('orders2').replaceAll('caller', 'again') })).status).toBe(201);
  });

  it('is a warning of the lint, and an engine that is away is one too', async () => {
    const lint = () =>
      gateway.call<{ findings: Finding[] }>('POST', '/v1/lint', {
        body: { files: [{ name: 'caller.bpmn', content: calling('orders') }] },
      });
    expect((await lint()).body.findings).toContainEqual(expect.objectContaining({ ...missing, severity: 'warning' }));

    gateway.world.down = true;
    const { status, body } = await lint();
    expect([status, body.findings.filter(({ rule }) => rule === 'engine-not-asked')]).toMatchObject([
      200,
      [{ severity: 'warning', message: expect.stringContaining('could not be asked') as string }],
    ]);
  });

  it('is told after the deployment by an engine of another make, with a warning that it could not be asked', async () => {
    gateway.world.hasNoCheck = true;
    const taken = await deploy({ 'orders.bpmn': modelOf('orders') });
    expect(taken.body.findings).toContainEqual(
      expect.objectContaining({ rule: 'engine-not-asked', severity: 'warning' }),
    );

    const { status, body } = await deploy<ModelRefused>({
      'bad.bpmn': modelOf('bad').replace('name="Test"', 'name="engine-refuses"'),
    });
    expect(status).toBe(422);
    expect(body.findings).toContainEqual(
      expect.objectContaining({
        file: 'bad.bpmn',
        rule: 'engine',
        message: expect.stringContaining('ENGINE-09005') as string,
      }),
    );
  });

  it('says it once where a rule says it too', async () => {
    const { body } = await deploy<ModelRefused>({
      'bad.bpmn': modelOf('bad').replace('name="Test"', 'name="engine-refuses"').replace('camunda:type="external"', ''),
    });
    expect(body.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { elementId: 'call', rule: 'external-task-implementation' },
    ]);
  });
});

describe('files of other names and kinds', () => {
  const decision = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x"/>';

  it('are deployed under a name by which the engine sees what they are', async () => {
    const { status, body } = await deploy({
      'A.BPMN': modelOf('a'),
      'b.bpmn2': modelOf('b'),
      'c.bpmn20.xml': modelOf('c'),
      'd.xml': modelOf('d'),
      'e.DMN': decision,
      'f.xml': decision,
      'g.form': '{"id":"g"}',
    });

    expect(status).toBe(201);
    expect([...gateway.world.resources.keys()]).toEqual([
      'A.bpmn',
      'b.bpmn',
      'c.bpmn20.xml',
      'd.bpmn',
      'e.dmn',
      'f.dmn',
      'g.form',
    ]);
    expect(body.definitions.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
    expect(body.resources).toEqual(['e.DMN', 'f.xml', 'g.form'].map((file) => ({ file, isNew: true })));
  });

  it('go together with the models, and make nothing new when all is the same', async () => {
    const files = { 'a.bpmn': modelOf('a'), 'rates.dmn': decision };
    await deploy(files);
    expect(await deploy(files)).toMatchObject({
      status: 200,
      body: { resources: [{ file: 'rates.dmn', isNew: false }] },
    });

    const { status, body } = await deploy({ ...files, 'rates.dmn': decision.replace('name="d"', 'name="new"') });
    expect([status, body.definitions, body.resources]).toMatchObject([
      201,
      [{ key: 'a', version: 2, isNew: true }],
      [{ isNew: true }],
    ]);
  });

  it('of one name to the engine are refused', async () => {
    expect(await deploy({ 'a.bpmn': modelOf('a'), 'A/a.BPMN': modelOf('b') })).toMatchObject({
      status: 409,
      body: { error: { code: 'PROCOS_GATEWAY_SAME_NAME' } },
    });
  });
});

describe('linting models', () => {
  it('tells all findings of all files and deploys nothing', async () => {
    const files = [
      { name: 'good.bpmn', content: modelOf('good') },
      { name: 'bad.bpmn', content: modelOf('bad', 'nobody') },
    ];

    const { status, body } = await gateway.call<{ findings: Finding[] }>('POST', '/v1/lint', { body: { files } });

    expect(status).toBe(200);
    expect(body.findings.map(({ file, rule }) => `${file} ${rule}`)).toEqual(
      expect.arrayContaining(['good.bpmn has-diagram', 'bad.bpmn known-topic']),
    );
    expect(gateway.world.deployments).toEqual([]);
  });
});

describe('process definitions', () => {
  beforeEach(async () => {
    await deploy({ 'orders.bpmn': modelOf('orders') });
    await deploy({ 'orders.bpmn': modelOf('orders', 'service_call') });
  });

  it('are listed in their newest version', async () => {
    expect((await gateway.call('GET', '/v1/process-definitions')).body).toMatchObject({
      definitions: [{ key: 'orders', version: 2 }],
    });
  });

  it('show all versions of a key, newest first', async () => {
    expect((await gateway.call('GET', '/v1/process-definitions/orders')).body).toMatchObject({
      definitions: [{ version: 2 }, { version: 1 }],
    });
  });

  it.each([
    ['', 'service_call'],
    ['?version=1', 'http_request'],
  ])('give the BPMN of a version: %s', async (query, topic) => {
    const { body } = await gateway.call<string>('GET', `/v1/process-definitions/orders/xml${query}`);

    expect(body).toContain(`camunda:topic="${topic}"`);
  });

  it.each([
    ['/v1/process-definitions/order', 'PROCOS_GATEWAY_UNKNOWN_PROCESS'],
    ['/v1/process-definitions/order/xml', 'PROCOS_GATEWAY_UNKNOWN_PROCESS'],
    ['/v1/process-definitions/orders/xml?version=7', 'PROCOS_GATEWAY_UNKNOWN_VERSION'],
  ])('answer 404 at %s', async (path, code) => {
    expect(await gateway.call('GET', path)).toMatchObject({ status: 404, body: { error: { code } } });
  });
});
