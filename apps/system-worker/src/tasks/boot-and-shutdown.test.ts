import { describe, expect, it } from 'vitest';
import { RetryableError } from '@procos/errors';
import { fakeService, fakeSystem, runTask } from '../testing/system-fakes.ts';
import { healthMonitoringTask } from './health-monitoring.ts';
import { systemInitializationTask } from './system-initialization.ts';
import { systemShutdownTask } from './system-shutdown.ts';
import { workerManagementTask } from './worker-management.ts';

describe('booting', () => {
  it('waits until every core service answers', async () => {
    const late = await fakeService('gateway', false);
    const { tools } = fakeSystem({ services: [await fakeService('kernel', true), late] });
    setTimeout(() => late.become(true), 150);

    const output = await runTask(systemInitializationTask(tools));

    expect(output['initialized']).toBe(true);
    expect(output['core_services']).toMatchObject([
      { name: 'kernel', healthy: true },
      { name: 'gateway', healthy: true },
    ]);
  });

  it('says which service does not answer, and goes on', async () => {
    const { tools } = fakeSystem({ services: [await fakeService('gateway', false)] });

    expect(await runTask(systemInitializationTask(tools))).toMatchObject({
      initialized: false,
      core_services: [{ name: 'gateway', healthy: false }],
    });
  });

  it('starts the worker pools that do not run, and only those', async () => {
    const idle = await fakeService('ai-worker', false, ['ai_query']);
    const services = [
      await fakeService('gateway', false),
      await fakeService('generic-worker', true, ['http_request']),
      idle,
    ];
    const { tools, done } = fakeSystem({ services, onRestart: () => idle.become(true) });

    const output = await runTask(workerManagementTask(tools), { action: 'start_all' });

    expect(done).toEqual(['restart ai-worker ai-worker-1']);
    expect(output).toMatchObject({
      workers_running: 2,
      workers: [
        { name: 'generic-worker', topics: ['http_request'] },
        { name: 'ai-worker', state: 'RUNNING' },
      ],
    });
  });
});

describe('health monitoring', () => {
  it('names the services that are not ready and counts open incidents', async () => {
    const services = [await fakeService('kernel', true), await fakeService('ai-worker', false)];
    const { tools } = fakeSystem({ services, incidents: [{ id: 'i1' }], orchestrators: ['o1'] });

    expect(await runTask(healthMonitoringTask(tools))).toMatchObject({
      system_healthy: false,
      unhealthy_components: ['ai-worker'],
      open_incidents: 1,
      incidents_to_recover: ['i1'],
    });
  });

  it('does not call a system healthy whose orchestrator has been ended, unless it shuts down', async () => {
    const lost = fakeSystem({ services: [await fakeService('kernel', true)] });
    const stopping = fakeSystem({ services: [await fakeService('kernel', true)], shuttingDown: true });

    expect(await runTask(healthMonitoringTask(lost.tools))).toMatchObject({
      system_healthy: false,
      unhealthy_components: ['procos_system_orchestrator'],
    });
    expect(await runTask(healthMonitoringTask(stopping.tools))).toMatchObject({ system_healthy: true });
  });
});

describe('shutting down', () => {
  it('announces, signals the orchestrator and confirms that it has ended', async () => {
    const { tools, events, done } = fakeSystem({ orchestrators: ['o1'] });
    const task = systemShutdownTask(tools);

    await runTask(task, { action: 'announce', shutdown_reason: 'maintenance' });
    await expect(runTask(task, { action: 'confirm' })).rejects.toThrow(RetryableError);
    await runTask(task, { action: 'end_orchestrator' });
    await runTask(task, { action: 'confirm' });

    expect(events).toMatchObject([
      { type: 'system.shutdown_announced', data: { reason: 'maintenance', active_requests: 1 } },
    ]);
    expect(done).toEqual(['ShutdownSignal to o1']);
  });

  it('goes on when the broker takes no announcement', async () => {
    const { tools } = fakeSystem();
    for (const publish of [
      () => new Promise<void>(() => undefined),
      () => Promise.reject(new Error('Not connected to message broker')),
    ]) {
      const began = performance.now();
      expect(
        await runTask(systemShutdownTask({ ...tools, eventBus: { ...tools.eventBus, publish } }), {
          action: 'announce',
        }),
      ).toMatchObject({ last_shutdown_step: 'announce' });
      expect(performance.now() - began).toBeLessThan(10_000);
    }
  });

  it('ends an orchestrator that is still in its boot steps', async () => {
    const { tools, done } = fakeSystem({ orchestrators: ['o1'], orchestratorBusy: true });

    await runTask(systemShutdownTask(tools), { action: 'end_orchestrator', shutdown_reason: 'x' });

    expect(done).toEqual(['delete o1']);
  });
});
