import { randomUUID } from 'node:crypto';
import type {
  DeploymentResult,
  InstanceSummary,
  InstanceView,
  ModelRefused,
  SystemStatus,
  UserTaskView,
} from '@procos/contracts';
import { createEngineClient, type EngineValue, UnreadableValue } from '@procos/engine-client';
import { caseFile, createProcessDriver } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { answered, askingModelOf, modelOf } from './testing/models.ts';
import { type RunningGateway, startGateway } from './testing/running-gateway.ts';

const engine = createEngineClient(inject('engine'));
const driver = createProcessDriver(engine);
const run = randomUUID().slice(0, 8);
const keys = { calling: `calling_${run}`, asking: `asking_${run}` };
let gateway: RunningGateway;

const deploy = (file: string, content: string) =>
  gateway.call<DeploymentResult>('POST', '/v1/deployments', { body: { files: [{ name: file, content }] } });

beforeAll(async () => {
  gateway = await startGateway({ engine });
  await deploy('calling.bpmn', modelOf(keys.calling));
  await deploy('asking.bpmn', askingModelOf(keys.asking));
});
// Stopping the gateway closes the engine client too.
afterAll(() => gateway.stop());

describe('models on a real engine', () => {
  it('make a new version only when they change, and a running instance keeps its own', async () => {
    const key = `versions_${run}`;
    const first = await deploy('versions.bpmn', modelOf(key));
    const started = await engine.runtime.startByKey(key, { variables: { url: 'http://service.test/' } });
    const same = await deploy('versions.bpmn', modelOf(key));
    const changed = await deploy(
      'versions.bpmn',
      modelOf(key).replace('id="ended" name="Ended"', 'id="ended" name="Done"'),
    );
    const back = await deploy('versions.bpmn', modelOf(key));

    expect(
      [first, same, changed, back].map(({ status, body }) => [
        status,
        body.definitions[0]?.version,
        body.definitions[0]?.isNew,
      ]),
    ).toEqual([
      [201, 1, true],
      [200, 1, false],
      [201, 2, true],
      [201, 3, true],
    ]);
    await (await driver.takeTask('http_request', started.id)).complete(answered);
    expect((await gateway.call('GET', `/v1/instances/${started.id}`)).body).toMatchObject({
      version: 1,
      state: 'COMPLETED',
      endEvent: { name: 'Ended' },
    });
    expect((await gateway.call<string>('GET', `/v1/process-definitions/${key}/xml?version=2`)).body).toContain(
      'name="Done"',
    );
  });

  it('that the engine refuses although the lint does not are told in its words', async () => {
    const message = `<message id="m" name="${messageOfTwo}"/>`;
    const twoStarts = (key: string) =>
      modelOf(key)
        .replace('<process', `${message}<process`)
        .replace('</outgoing></startEvent>', '</outgoing><messageEventDefinition id="d" messageRef="m"/></startEvent>');
    await deploy('one.bpmn', twoStarts(`one_${run}`));

    const refused = await deploy('two.bpmn', twoStarts(`two_${run}`));

    expect(refused).toMatchObject({
      status: 422,
      body: {
        findings: expect.arrayContaining([
          expect.objectContaining({
            file: 'two.bpmn',
            rule: 'engine',
            elementId: 'begun',
            line: 4,
            message: expect.stringContaining(`"one_${run}"`) as string,
          }),
        ]) as unknown,
      },
    });
  });
});
const messageOfTwo = `Only one may start with this ${run}`;

describe('instances on a real engine', () => {
  it('are ended with their reason, and found by state', async () => {
    const started = await engine.runtime.startByKey(keys.asking, { businessKey: run });

    const ended = await gateway.call('DELETE', `/v1/instances/${started.id}`, { body: { reason: 'no longer needed' } });
    const again = await gateway.call('DELETE', `/v1/instances/${started.id}`);
    const byState = async (state: string) => {
      const { body } = await gateway.call<{ instances: InstanceSummary[] }>(
        'GET',
        `/v1/instances?process=${keys.asking}&state=${state}`,
      );
      return body.instances.map((instance) => instance.id);
    };

    expect(ended).toMatchObject({ status: 200, body: { state: 'TERMINATED', businessKey: run } });
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'PROCOS_GATEWAY_INSTANCE_ENDED' } } });
    expect((await engine.history.instance(started.id))?.deleteReason).toBe('no longer needed');
    expect(await byState('TERMINATED')).toContain(started.id);
    expect(await Promise.all(['RUNNING', 'SUSPENDED', 'COMPLETED'].map(byState))).not.toContain(started.id);
  });

  it('that wait for a person are listed, and go on with the answer', async () => {
    const started = await engine.runtime.startByKey(keys.asking, { variables: { question: 'Really?' } });
    const tasks = async () => {
      const { body } = await gateway.call<{ tasks: UserTaskView[] }>('GET', '/v1/user-tasks');
      return body.tasks.filter((task) => task.instanceId === started.id);
    };
    const [task] = await tasks();

    const done = await gateway.call('POST', `/v1/user-tasks/${task?.id ?? ''}/complete`, {
      body: { variables: { answer: 'yes' } },
    });
    const twice = await gateway.call('POST', `/v1/user-tasks/${task?.id ?? ''}/complete`);

    expect(task).toMatchObject({
      activityId: 'ask_person',
      name: 'Ask',
      processKey: keys.asking,
      variables: { question: 'Really?' },
    });
    expect(done.status).toBe(200);
    expect(twice).toMatchObject({ status: 404, body: { error: { code: 'PROCOS_GATEWAY_UNKNOWN_USER_TASK' } } });
    expect(await tasks()).toEqual([]);
    const { body } = await gateway.call<InstanceView>('GET', `/v1/instances/${started.id}`);
    expect(body).toMatchObject({ state: 'COMPLETED', variables: { question: 'Really?', answer: 'yes' } });
  });

  it.each(['/v1/instances/nobody', '/v1/requests/nobody'])('are unknown at %s', async (path) => {
    expect((await gateway.call('GET', path)).status).toBe(404);
  });
});

describe('the status of a real engine', () => {
  it('tells version, work and that nothing is booted', async () => {
    const { body } = await gateway.call<SystemStatus>('GET', '/v1/status');

    expect(body.engine).toMatchObject({ reachable: true, version: expect.stringMatching(/^\d+\.\d+/) as string });
    expect(body.engine.processes).toBeGreaterThanOrEqual(0);
    expect(body.instances.active).toBeGreaterThanOrEqual(0);
  });
});

describe('what the engine keeps and nobody can read', () => {
  it('is named in the view of its instance, beside everything else; the task that does not need it goes on', async () => {
    const given = JSON.parse(caseFile('data', 'engine-variables.json').toString('utf8')) as Record<string, EngineValue>;
    const broken = new UnreadableValue(given['object_text_is_broken'] as EngineValue, 'as the engine keeps it');
    const { id } = await engine.runtime.startByKey(keys.calling, {
      variables: { url: 'http://service.test/', broken, count: 7 },
    });

    const view = await gateway.call<InstanceView>('GET', `/v1/instances/${id}`);
    await (await driver.takeTask('http_request', id)).complete(answered);

    expect(view).toMatchObject({ status: 200, body: { state: 'RUNNING', incidents: [] } });
    expect(view.body.variables).toMatchObject({
      url: 'http://service.test/',
      count: 7,
      broken: { type: 'Object', unreadable: expect.stringContaining('no JSON') as string },
    });
    expect((await gateway.call<InstanceView>('GET', `/v1/instances/${id}`)).body.state).toBe('COMPLETED');
  });
});

it('a process that begins with a message of another one is refused with the other one and the way out', async () => {
  const [letters, mails] = ['a-start-message-intake_letters', 'b-start-message-intake_mails'].map((name) =>
    caseFile('bpmn', `b09${name}.bpmn`)
      .toString('utf8')
      .replaceAll('intake_', `intake_${run}_`)
      .replace(/(<(?:\w+:)?message\b[^>]* name=")[^"]*/g, `$1told_${run}`),
  ) as [string, string];
  expect((await deploy('letters.bpmn', letters)).status).toBe(201);

  const refused = await gateway.call<ModelRefused>('POST', '/v1/deployments', {
    body: { files: [{ name: 'mails.bpmn', content: mails }], dryRun: true },
  });

  expect(refused.body.findings).toContainEqual(
    expect.objectContaining({
      severity: 'error',
      file: 'mails.bpmn',
      elementId: 'start',
      message: expect.stringContaining(`intake_${run}_letters`) as string,
      remedy: expect.stringContaining(`delete the process "intake_${run}_letters"`) as string,
    }),
  );
});

describe('a process key with a slash', () => {
  it.each(['a/b', '../a', 'a/b/xml?version=1'])(
    'is unknown in a sentence, not in a page of the server: %s',
    async (key) => {
      const answers = [
        await gateway.call<object>('POST', '/v1/requests', { body: { process: key } }),
        await gateway.call<object>('GET', `/v1/process-definitions/${encodeURIComponent(key)}`),
        await gateway.call<object>('GET', `/v1/process-definitions/${encodeURIComponent(key)}/xml`),
      ];

      for (const { status, body } of answers) {
        expect(status).toBe(404);
        expect(body).toMatchObject({
          error: { code: 'PROCOS_GATEWAY_UNKNOWN_PROCESS', message: expect.stringContaining(key) as string },
        });
        expect(JSON.stringify(body)).not.toMatch(/<html|<!doctype|Tomcat/i);
      }
    },
  );
});
