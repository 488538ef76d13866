import type { IncidentView, InstanceSummary, InstanceView, UserTaskView } from '@procos/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addActivity, addDefinition, addIncident, addInstance, endInstance, tick } from '../testing/engine-world.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';

let gateway: RunningGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.stop());

describe('process instances', () => {
  it('are listed newest first, filtered by process, state and business key', async () => {
    const { world } = gateway;
    const [first, second, third] = [
      addInstance(world, 'orders', { businessKey: 'A' }),
      addInstance(world, 'orders'),
      addInstance(world, 'bills'),
    ];
    endInstance(world, second.id, 'INTERNALLY_TERMINATED');
    const list = async (query: string) => {
      const { body } = await gateway.call<{ instances: InstanceSummary[] }>('GET', `/v1/instances${query}`);
      return body.instances.map((instance) => instance.id);
    };

    expect(await list('')).toEqual([third.id, second.id, first.id]);
    expect(await list('?limit=1')).toEqual([third.id]);
    expect(await list('?process=orders')).toEqual([second.id, first.id]);
    expect(await list('?process=orders&state=RUNNING')).toEqual([first.id]);
    expect(await list('?state=TERMINATED')).toEqual([second.id]);
    expect(await list('?businessKey=A')).toEqual([first.id]);
  });

  it.each([
    ['?state=DEAD', 'state must be'],
    ['?limit=0', 'limit must be at least 1'],
    ['?stat=RUNNING', 'stat is not known here'],
  ])('refuse the filter %s', async (query, fault) => {
    const answer = await gateway.call('GET', `/v1/instances${query}`);

    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining(fault) as string } },
    });
  });

  it('show path, variables, incidents and open tasks, times in UTC', async () => {
    const { world } = gateway;
    const instance = addInstance(world, 'orders', { startTime: '2026-01-01T02:00:00.000+0200' });
    world.variables.set(instance.id, { total: 7 });
    addActivity(world, instance, 'begun', 'startEvent', { activityName: 'Begun' });
    addActivity(world, instance, 'left', 'serviceTask', { canceled: true });
    addActivity(world, instance, 'call', 'serviceTask', { endTime: null });
    addActivity(world, instance, 'inner_end', 'noneEndEvent', { parentActivityInstanceId: 'a sub-process' });
    const incident = addIncident(world, instance, { activityId: 'call' });
    world.externalTasks.push({
      id: 't',
      executionId: 'e',
      topicName: 'http_request',
      activityId: 'call',
      processInstanceId: instance.id,
      processDefinitionKey: 'orders',
      processDefinitionId: instance.processDefinitionId,
      workerId: 'w1',
      lockExpirationTime: null,
      retries: 0,
      errorMessage: 'no route to host',
    });

    const { body } = await gateway.call<InstanceView>('GET', `/v1/instances/${instance.id}`);

    expect(body).toMatchObject({
      processKey: 'orders',
      version: 1,
      state: 'RUNNING',
      startTime: '2026-01-01T00:00:00.000Z',
      endTime: null,
      endEvent: null,
      variables: { total: 7 },
      incidents: [{ id: incident.id, activityId: 'call' }],
      openTasks: [
        { topic: 'http_request', activityId: 'call', workerId: 'w1', retries: 0, errorMessage: 'no route to host' },
      ],
    });
    expect(body.path.map((entry) => `${entry.activityId} ${entry.state}`)).toEqual([
      'begun completed',
      'left canceled',
      'call active',
      'inner_end completed',
    ]);
  });

  it('are ended on demand, once', async () => {
    const instance = addInstance(gateway.world, 'orders');

    const ended = await gateway.call('DELETE', `/v1/instances/${instance.id}`, {
      body: { reason: 'no longer needed' },
    });
    const again = await gateway.call('DELETE', `/v1/instances/${instance.id}`);

    expect(ended).toMatchObject({ status: 200, body: { id: instance.id, state: 'TERMINATED' } });
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'PROCOS_GATEWAY_INSTANCE_ENDED' } } });
  });

  it.each([
    ['GET', '/v1/instances/nobody'],
    ['DELETE', '/v1/instances/nobody'],
  ])('are unknown: %s %s', async (method, path) => {
    expect(await gateway.call(method, path)).toMatchObject({
      status: 404,
      body: { error: { code: 'PROCOS_GATEWAY_UNKNOWN_INSTANCE' } },
    });
  });

  it('that are the system itself, or a part of it, cannot be ended', async () => {
    const { world } = gateway;
    const orchestrator = addInstance(world, 'procos_system_orchestrator', { businessKey: 'procos-system' });
    const called = addInstance(world, 'check_the_disk', {
      superProcessInstanceId: orchestrator.id,
      rootProcessInstanceId: orchestrator.id,
    });

    for (const { id } of [orchestrator, called]) {
      expect(await gateway.call('DELETE', `/v1/instances/${id}`)).toMatchObject({
        status: 409,
        body: {
          error: { code: 'PROCOS_GATEWAY_SYSTEM_INSTANCE', remedy: expect.stringContaining('procos down') as string },
        },
      });
    }
    expect(world.calls).not.toContain('deleteInstance');
  });

  it('are asked for by an id of the engine only', async () => {
    expect((await gateway.call('GET', '/v1/instances/..%2Fengine')).status).toBe(400);
  });
});

describe('incidents', () => {
  const list = async () => (await gateway.call<{ incidents: IncidentView[] }>('GET', '/v1/incidents')).body.incidents;
  const retry = (id: string, body?: object) =>
    gateway.call('POST', `/v1/incidents/${id}/retry`, body === undefined ? {} : { body });

  it('are listed once, where they began, and resolved by a retry from the calling instance too', async () => {
    const { world } = gateway;
    const caller = addInstance(world, 'orders');
    const called = addInstance(world, 'bills', { superProcessInstanceId: caller.id });
    const cause = addIncident(world, called);
    const repeated = addIncident(world, caller, { configuration: null, rootCauseIncidentId: cause.id });

    const listed = await list();
    const retried = await retry(repeated.id, { retries: 3 });

    expect(listed).toMatchObject([
      { id: cause.id, processKey: 'bills', instanceId: called.id, message: 'no route to host', retryable: true },
    ]);
    expect(retried).toMatchObject({ status: 200, body: { incidentId: cause.id, instanceId: called.id, retries: 3 } });
    expect(world.incidents.map((incident) => incident.id)).toEqual([repeated.id]);
  });

  it('of a failed job are retried too', async () => {
    const incident = addIncident(gateway.world, addInstance(gateway.world, 'orders'), { incidentType: 'failedJob' });

    expect(await retry(incident.id)).toMatchObject({ status: 200, body: { retries: 1 } });
  });

  it('of another type cannot be retried, and say what can be done', async () => {
    const instance = addInstance(gateway.world, 'orders');
    const incident = addIncident(gateway.world, instance, { incidentType: 'stuck' });

    expect(await list()).toMatchObject([{ retryable: false }]);
    expect(await retry(incident.id)).toMatchObject({
      status: 409,
      body: { error: { code: 'PROCOS_GATEWAY_NOT_RETRYABLE', remedy: expect.stringContaining(instance.id) as string } },
    });
  });

  it('that are over are unknown', async () => {
    expect(await retry('nobody')).toMatchObject({
      status: 404,
      body: { error: { code: 'PROCOS_GATEWAY_UNKNOWN_INCIDENT' } },
    });
  });

  it('whose work ended between looking and retrying are unknown too', async () => {
    const incident = addIncident(gateway.world, addInstance(gateway.world, 'orders'));
    gateway.world.goneWork.add(incident.configuration ?? '');

    expect(await retry(incident.id)).toMatchObject({
      status: 404,
      body: { error: { code: 'PROCOS_GATEWAY_UNKNOWN_INCIDENT' } },
    });
  });
});

describe('user tasks', () => {
  const addTask = (id: string) => {
    const instance = addInstance(gateway.world, 'survey');
    gateway.world.variables.set(instance.id, { question: 'Really?' });
    gateway.world.userTasks.push({
      id,
      name: 'Ask',
      description: null,
      taskDefinitionKey: 'ask_person',
      assignee: 'ada',
      created: tick(),
      due: '2026-01-02T00:00:00.000+0000',
      processInstanceId: instance.id,
      processDefinitionId: addDefinition(gateway.world, 'survey').id,
    });
    return instance;
  };

  it('are listed with what the person has to know, and completed with the answer', async () => {
    const instance = addTask('task-1');

    const { body } = await gateway.call<{ tasks: UserTaskView[] }>('GET', '/v1/user-tasks');
    const done = await gateway.call('POST', '/v1/user-tasks/task-1/complete', {
      body: { variables: { answer: 'yes' } },
    });

    expect(body.tasks).toMatchObject([
      {
        id: 'task-1',
        activityId: 'ask_person',
        processKey: 'survey',
        instanceId: instance.id,
        due: '2026-01-02T00:00:00.000Z',
        variables: { question: 'Really?' },
      },
    ]);
    expect(done).toMatchObject({ status: 200, body: { taskId: 'task-1' } });
    expect(gateway.world.variables.get(instance.id)).toEqual({ question: 'Really?', answer: 'yes' });
  });

  it('that are done are unknown', async () => {
    const answer = await gateway.call('POST', '/v1/user-tasks/nobody/complete');

    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'PROCOS_GATEWAY_UNKNOWN_USER_TASK' } } });
  });
});
