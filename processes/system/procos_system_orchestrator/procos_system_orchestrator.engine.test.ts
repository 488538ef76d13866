import { useProcessDriver } from '@procos/testing';
import { afterEach, describe, expect, it } from 'vitest';

const key = 'procos_system_orchestrator';
const driver = useProcessDriver(new URL('./procos_system_orchestrator.bpmn', import.meta.url));
const bootSteps = ['initialize_core_services', 'start_worker_pools', 'start_health_monitoring'];

const started: string[] = [];
afterEach(async () => {
  // Only one orchestrator runs at a time.
  for (const instance of started.splice(0)) await driver.terminate(instance);
});

async function start(): Promise<string> {
  const instance = await driver.start(key, { system_mode: 'test', kernel_version: '0.1.0' }, 'procos-system');
  started.push(instance);
  return instance;
}

/** Plays the system worker through the three steps of a boot. */
async function boot(instance: string): Promise<void> {
  const services = await driver.takeTask('system_initialization', instance);
  await services.complete({ initialized: true, core_services: [], initialized_at: '2026-01-01T00:00:00Z' });
  const pools = await driver.takeTask('worker_management', instance);
  expect(pools.variables).toMatchObject({ action: 'start_all' });
  await pools.complete({ workers: [], workers_running: 2 });
  const health = await driver.takeTask('health_monitoring', instance);
  await health.complete({
    system_healthy: true,
    unhealthy_components: [],
    open_incidents: 0,
    incidents_to_recover: [],
    checked_at: '2026-01-01T00:00:00Z',
  });
}

describe('procos_system_orchestrator', () => {
  it('boots services, workers and health monitoring, and then stands for the running system', async () => {
    // given
    const instance = await start();

    // when
    await boot(instance);

    // then
    expect(await driver.path(instance)).toEqual(['system_startup', ...bootSteps, 'system_running']);
    expect(await driver.state(instance)).toBe('ACTIVE');
  });

  it('boots again when the system has restarted, as often as that happens', async () => {
    // given
    const instance = await start();
    await boot(instance);

    // when
    await driver.send('SystemRestarted', instance);
    await boot(instance);
    await driver.send('SystemRestarted', instance);
    await boot(instance);

    // then
    const round = [...bootSteps, 'system_running'];
    expect(await driver.path(instance)).toEqual([
      'system_startup',
      ...round,
      'system_restarted',
      ...round,
      'system_restarted',
      ...round,
    ]);
  });

  it('ends at the shutdown signal', async () => {
    // given
    const instance = await start();
    await boot(instance);

    // when
    await driver.send('ShutdownSignal', instance);

    // then
    const end = await driver.ended(instance);
    expect(end.path.slice(-2)).toEqual(['shutdown_signal', 'system_stopped']);
    expect(end).toMatchObject({ state: 'COMPLETED', failed: false });
  });

  it('takes no request of a user', async () => {
    // given
    const instance = await start();
    await boot(instance);

    // then
    await expect(driver.send('UserRequest', instance)).rejects.toThrow("Cannot correlate message 'UserRequest'");
  });

  it('waits with an incident when a boot step has no tries left', async () => {
    // given
    const instance = await start();

    // when
    await (await driver.takeTask('system_initialization', instance)).fail('gateway is not ready');

    // then
    expect(await driver.incidents(instance)).toMatchObject([
      { activityId: 'initialize_core_services', incidentMessage: 'gateway is not ready' },
    ]);
  });
});
