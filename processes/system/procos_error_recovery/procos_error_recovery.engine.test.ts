import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const key = 'procos_error_recovery';
const driver = useProcessDriver(new URL('./procos_error_recovery.bpmn', import.meta.url));
const reported = { component: 'ai-worker', error_type: 'COMPONENT_UNHEALTHY', incident_id: 'incident-1' };

async function detected(severity: string): Promise<string> {
  const instance = await driver.start(key, reported);
  const detection = await driver.takeTask('error_detection', instance);
  expect(detection.variables).toMatchObject(reported);
  await detection.complete({ severity, error_summary: 'ai-worker is not ready' });
  return instance;
}

async function notified(instance: string): Promise<Readonly<Record<string, unknown>>> {
  const notification = await driver.takeTask('admin_notification', instance);
  await notification.complete({ notification_id: 'n-1', notified_at: '2026-01-01T00:00:00Z' });
  return notification.variables;
}

describe('procos_error_recovery', () => {
  it('does nothing when the error has passed', async () => {
    const end = await driver.ended(await detected('none'));
    expect(end.path).toEqual(['error_reported', 'detect_error', 'choose_remedy', 'recovered']);
  });

  it('retries an operation', async () => {
    // given
    const instance = await detected('retry');

    // when
    const retry = await driver.takeTask('operation_retry', instance);
    await retry.complete({ retried: true });

    // then
    expect(retry.variables).toMatchObject({ incident_id: 'incident-1' });
    expect((await driver.ended(instance)).path.slice(-2)).toEqual(['retry_operation', 'recovered']);
  });

  it('restarts a component', async () => {
    // given
    const instance = await detected('restart');

    // when
    const restart = await driver.takeTask('component_restart', instance);
    await restart.complete({ restarted: true, restart_ms: 800 });

    // then
    expect(restart.variables).toMatchObject({ component: 'ai-worker' });
    expect((await driver.ended(instance)).path.slice(-2)).toEqual(['restart_component', 'recovered']);
  });

  it('tells a person what it cannot judge', async () => {
    // given
    const instance = await detected('escalate');

    // when
    const told = await notified(instance);

    // then
    expect(told).toMatchObject({ component: 'ai-worker', error_summary: 'ai-worker is not ready' });
    const end = await driver.ended(instance);
    expect(end.path.slice(-2)).toEqual(['notify_admin', 'escalated']);
    expect(end.failed).toBe(false);
  });

  it.each([
    ['retry', 'operation_retry', ['retry_operation', 'retry_failed', 'notify_admin', 'escalated']],
    ['restart', 'component_restart', ['restart_component', 'restart_failed', 'notify_admin', 'escalated']],
  ])('tells a person when the %s has failed', async (severity, topic, path) => {
    // given
    const instance = await detected(severity);

    // when
    await (await driver.takeTask(topic, instance)).bpmnError('RECOVERY_FAILED', 'It is still not ready.');
    const told = await notified(instance);

    // then
    expect(told).toMatchObject({ error_code: 'RECOVERY_FAILED', error_message: 'It is still not ready.' });
    expect((await driver.ended(instance)).path.slice(-4)).toEqual(path);
  });
});
