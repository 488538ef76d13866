import { EngineRequestError } from '@procos/engine-client';
import { writeFailureDetails } from '@procos/errors';
import { describe, expect, it, vi } from 'vitest';
import { fakeService, fakeSystem, runTask } from '../testing/system-fakes.ts';
import { adminNotificationTask } from './admin-notification.ts';
import { componentRestartTask } from './component-restart.ts';
import { errorDetectionTask } from './error-detection.ts';
import { operationRetryTask } from './operation-retry.ts';

const incidents = [
  {
    id: 'net',
    incidentType: 'failedExternalTask',
    incidentMessage: 'connect ECONNREFUSED',
    activityId: 'call',
    configuration: 't1',
  },
  {
    id: 'bad',
    incidentType: 'failedExternalTask',
    incidentMessage: 'Missing required parameter: url',
    activityId: 'call',
    configuration: 't2',
  },
  { id: 'job', incidentType: 'failedJob', incidentMessage: 'timed out', activityId: 'timer', configuration: 'j1' },
  { id: 'own', incidentType: 'handMade', incidentMessage: null, activityId: 'x', configuration: null },
];

describe('what helps', () => {
  it.each([
    ['an incident of the network', { incident_id: 'net' }, 'retry'],
    ['an incident of bad input', { incident_id: 'bad' }, 'escalate'],
    ['an incident that is resolved', { incident_id: 'gone' }, 'none'],
    ['a component nobody knows', { component: 'nobody' }, 'escalate'],
    ['an error without any address', { error_message: 'odd' }, 'escalate'],
  ])('against %s', async (_, input, severity) => {
    const { tools } = fakeSystem({ incidents });

    expect(await runTask(errorDetectionTask(tools), input)).toMatchObject({ severity });
  });

  it.each([
    ['what the worker says may pass, whatever its message', 'bad', true, 'retry'],
    ['what the worker says does not pass, whatever its message', 'net', false, 'escalate'],
    ['a job of the engine, by its message', 'job', undefined, 'retry'],
  ])('against %s', async (_, incident_id, mayPass, severity) => {
    const details = writeFailureDetails({ details: 'more', mayPass });
    const { tools } = fakeSystem({ incidents, failureDetails: { t1: details, t2: details } });

    expect(await runTask(errorDetectionTask(tools), { incident_id })).toMatchObject({ severity });
  });

  it('against an incident that another recovery has taken is that recovery; its own is no other', async () => {
    const detect = (id: string) => {
      const { tools } = fakeSystem({ incidents, recoveries: [{ id, businessKey: 'incident:net' }] });
      return runTask(errorDetectionTask(tools), { incident_id: 'net' });
    };

    expect(await detect('other')).toEqual({ severity: 'none', error_summary: 'Recovery other has taken net' });
    // The id of the instance in which the tasks of these tests run.
    expect(await detect('p1')).toMatchObject({ severity: 'retry' });
  });

  it('leaves its mark where the incident is, so that no other takes it when its own history has been deleted', async () => {
    const { tools, marks } = fakeSystem({
      incidents: incidents.map((one) => ({ ...one, executionId: `e-${one.id}` })),
    });
    await runTask(errorDetectionTask(tools), { incident_id: 'bad' });
    await runTask(errorDetectionTask(tools), { incident_id: 'gone' });

    expect(Object.fromEntries(marks)).toEqual({ 'e-bad': 'bad' });
  });

  it('against an outage that lasts is a retry twice, then a person: a failed retry opens another incident', async () => {
    const detect = (times: number) => {
      const pastIncidents = Array.from({ length: times }, () => ({ configuration: 't1', endTime: '2026-01-01' }));
      return runTask(errorDetectionTask(fakeSystem({ incidents, pastIncidents }).tools), { incident_id: 'net' });
    };

    expect(await detect(1)).toMatchObject({ severity: 'retry' });
    expect(await detect(2)).toEqual({
      severity: 'escalate',
      error_summary: 'failedExternalTask at call: connect ECONNREFUSED (after 2 incidents of the same task)',
    });
  });

  it('against a lost orchestrator is the kernel; when that does not help, people are told', async () => {
    const detect = (orchestrators: readonly string[]) =>
      runTask(errorDetectionTask(fakeSystem({ orchestrators }).tools), { component: 'procos_system_orchestrator' });

    expect(await detect(['o1'])).toMatchObject({ severity: 'none' });
    expect(await detect([])).toMatchObject({
      severity: 'escalate',
      error_summary: expect.stringContaining('kernel') as string,
    });
  });

  it('against a service that is not ready is a restart; one that is ready again needs nothing', async () => {
    const service = await fakeService('ai-worker', false);
    const detect = () =>
      runTask(errorDetectionTask(fakeSystem({ services: [service] }).tools), { component: 'ai-worker' });

    expect(await detect()).toEqual({ severity: 'restart', error_summary: 'ai-worker is not ready (STOPPED)' });
    service.become(true);
    expect(await detect()).toMatchObject({ severity: 'none' });
  });
});

describe('a service that is alive and not ready', () => {
  it('waits for something else: people are told, and it is not restarted', async () => {
    const { tools } = fakeSystem({ services: [await fakeService('gateway', false, [], 'WAITING')] });

    const finding = await runTask(errorDetectionTask(tools), { component: 'gateway' });

    expect(finding).toEqual({ severity: 'escalate', error_summary: 'gateway is not ready (WAITING)' });
  });
});

describe('a retry', () => {
  it.each([
    ['external task', 'net', 'task t1 gets 3'],
    ['job', 'job', 'job j1 gets 3'],
  ])('gives the %s behind an incident new tries', async (_, incident_id, expected) => {
    const { tools, done } = fakeSystem({ incidents });

    expect(await runTask(operationRetryTask(tools), { incident_id })).toEqual({ retried: true });
    expect(done).toEqual([expected]);
  });

  it('finds nothing to do when the work went on in the meantime', async () => {
    const { tools } = fakeSystem({ incidents });
    const gone = new EngineRequestError({ method: 'PUT', path: '/t1' }, 404, {});
    vi.spyOn(tools.engine.runtime, 'giveTries').mockRejectedValue(gone);

    expect(await runTask(operationRetryTask(tools), { incident_id: 'net' })).toEqual({ retried: false });
  });

  it('of what cannot be tried again takes the modelled path', async () => {
    const { tools } = fakeSystem({ incidents });

    await expect(runTask(operationRetryTask(tools), { incident_id: 'own' })).rejects.toMatchObject({
      name: 'BpmnError',
      code: 'RECOVERY_FAILED',
    });
  });
});

describe('a restart', () => {
  it('ends when the component is ready again', async () => {
    const service = await fakeService('ai-worker', false);
    const { tools, done } = fakeSystem({ services: [service], onRestart: () => service.become(true) });

    expect(await runTask(componentRestartTask(tools), { component: 'ai-worker' })).toMatchObject({ restarted: true });
    expect(done).toEqual(['restart ai-worker ai-worker-1']);
  });

  it('touches only the copy that does not work, and is done when nobody answers for a record of a dead system', async () => {
    const [well, dead] = [
      await fakeService('ai-worker', true),
      {
        record: {
          ...(await fakeService('ai-worker', true)).record,
          service_id: 'ai-worker-2',
          health_check_url: 'http://127.0.0.1:9/readyz',
          endpoint: 'http://127.0.0.1:9',
        },
        become: () => undefined,
      },
    ];
    const { tools, done } = fakeSystem({ services: [well, dead] });

    expect(await runTask(componentRestartTask(tools), { component: 'ai-worker' })).toMatchObject({ restarted: true });
    expect(done).toEqual(['restart ai-worker ai-worker-2']);
  });

  it('of a component that works is one of all its copies', async () => {
    const { tools, done } = fakeSystem({ services: [await fakeService('ai-worker', true)] });

    await runTask(componentRestartTask(tools), { component: 'ai-worker' });
    expect(done).toEqual(['restart ai-worker']);
  });

  it('takes the modelled path when the component stays away', async () => {
    const { tools } = fakeSystem({ services: [await fakeService('ai-worker', false)] });

    await expect(runTask(componentRestartTask(tools), { component: 'ai-worker' })).rejects.toMatchObject({
      code: 'RECOVERY_FAILED',
      message: 'ai-worker was restarted and is still not ready (STOPPED)',
    });
  });
});

describe('the administrators', () => {
  it('are told by an event that is the same for every attempt', async () => {
    const { tools, events } = fakeSystem();

    const output = await runTask(adminNotificationTask(tools), { component: 'ai-worker', error_summary: 'gone' });

    expect(output).toMatchObject({ notification_id: 'p1:a1' });
    expect(events).toMatchObject([
      { type: 'admin.notification', id: 'p1:a1', data: { component: 'ai-worker', error_summary: 'gone' } },
    ]);
  });
});
