import type { InstanceView, RequestView } from '@procos/contracts';
import { createInMemoryServiceDirectory, DirectoryAwayError } from '@procos/service-directory';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addActivity, addInstance, newId } from '../testing/engine-world.ts';
import { type FakeService, fakeService } from '../testing/fake-service.ts';
import { bootedWorld, callProcess } from '../testing/request-scenes.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';

let gateway: RunningGateway;
let worker: FakeService;
beforeEach(async () => {
  worker = await fakeService('ai-worker', { ready: true, topics: ['ai_query'] });
  gateway = await startGateway({ world: bootedWorld(), directory: createInMemoryServiceDirectory([worker.record]) });
});
afterEach(async () => {
  await gateway.stop();
  await worker.stop();
});

function addTask(instance: { readonly id: string; readonly processDefinitionKey: string }, topicName: string) {
  gateway.world.externalTasks.push({
    id: newId('task'),
    topicName,
    activityId: 'weigh',
    executionId: 'execution',
    processInstanceId: instance.id,
    processDefinitionId: `${instance.processDefinitionKey}:1`,
    processDefinitionKey: instance.processDefinitionKey,
    workerId: null,
    lockExpirationTime: null,
    retries: null,
    errorMessage: null,
  });
}

const view = async (id: string) => (await gateway.call<InstanceView>('GET', `/v1/instances/${id}`)).body;

describe('what a running instance waits for although nothing has failed', () => {
  it('is a worker, when no running one reports the topic of its task', async () => {
    const instance = addInstance(gateway.world, 'parcel');
    addActivity(gateway.world, instance, 'weigh', 'serviceTask', { endTime: null });
    addTask(instance, 'weigh_parcel');

    expect((await view(instance.id)).obstacles).toEqual([
      {
        code: 'PROCOS_OBSTACLE_NO_WORKER',
        message: 'No running worker is known that serves the topic "weigh_parcel": weigh waits for one.',
        details: null,
        remedy: expect.stringContaining(`DELETE /v1/instances/${instance.id}`) as string,
        processKey: 'parcel',
        activityId: 'weigh',
        callers: [],
        instanceId: instance.id,
      },
    ]);
  });

  it('is not known while the directory is away: the instance is shown, and no worker is missed', async () => {
    await gateway.stop();
    const directory = {
      ...createInMemoryServiceDirectory([]),
      list: () => Promise.reject(new DirectoryAwayError('Consul is away')),
    };
    gateway = await startGateway({ world: bootedWorld(), directory });
    const instance = addInstance(gateway.world, 'parcel');
    addTask(instance, 'weigh_parcel');

    const { status, body } = await gateway.call<InstanceView>('GET', `/v1/instances/${instance.id}`);

    expect({ status, obstacles: body.obstacles }).toEqual({ status: 200, obstacles: [] });
  });

  it.each([
    ['a running worker serves', 'ai_query', {}],
    ['somebody has taken', 'weigh_parcel', { workerId: 'a worker that nobody has registered' }],
    ['has become an incident', 'weigh_parcel', { retries: 0 }],
  ])('is none for a task that %s', async (_, topic, given) => {
    const instance = addInstance(gateway.world, 'parcel');
    addTask(instance, topic);
    gateway.world.externalTasks = gateway.world.externalTasks.map((task) => ({ ...task, ...given }));

    expect((await view(instance.id)).obstacles).toEqual([]);
  });

  it('is none while no service says what it serves', async () => {
    await gateway.stop();
    gateway = await startGateway({ world: bootedWorld() });
    const instance = addInstance(gateway.world, 'parcel');
    addTask(instance, 'weigh_parcel');

    expect((await view(instance.id)).obstacles).toEqual([]);
  });

  it('is told of a called instance too, with who waits for it; a suspended one is told as that alone', async () => {
    const { requestId } = (
      await gateway.call<{ requestId: string }>('POST', '/v1/requests', { body: { process: 'ai_query_process' } })
    ).body;
    const called = callProcess(gateway.world, requestId);
    addActivity(gateway.world, called, 'weigh', 'serviceTask', { endTime: null });
    addTask(called, 'weigh_parcel');
    const { world } = gateway;
    const look = async () => (await gateway.call<RequestView>('GET', `/v1/requests/${requestId}`)).body.obstacles;
    const callers = [{ instanceId: requestId, processKey: 'procos_user_request', activityId: 'execute_user_process' }];

    expect(await look()).toMatchObject([{ code: 'PROCOS_OBSTACLE_NO_WORKER', instanceId: called.id, callers }]);

    world.instances = world.instances.map((one) => (one.id === called.id ? { ...one, state: 'SUSPENDED' } : one));
    expect(await look()).toMatchObject([
      {
        code: 'PROCOS_OBSTACLE_SUSPENDED',
        message: 'The instance is suspended: nothing in it goes on, weigh included.',
        remedy: expect.stringMatching(/ai_query_process\/resume \{"instances":true\}/) as string,
        processKey: 'ai_query_process',
        activityId: 'weigh',
        callers,
      },
    ]);
  });
});
