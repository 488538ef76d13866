import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const key = 'procos_health_monitoring';
const driver = useProcessDriver(
  new URL('./procos_health_monitoring.bpmn', import.meta.url),
  new URL('../procos_error_recovery/procos_error_recovery.bpmn', import.meta.url),
);

async function checked(
  instance: string,
  unhealthy: readonly string[],
  incidents: readonly string[] = [],
): Promise<void> {
  const check = await driver.takeTask('health_monitoring', instance);
  await check.complete({
    system_healthy: unhealthy.length === 0,
    unhealthy_components: [...unhealthy],
    open_incidents: incidents.length,
    incidents_to_recover: [...incidents],
    checked_at: '2026-01-01T00:00:00Z',
  });
}

/** Lets one recovery find that the component is ready again. @returns the component */
async function recovered(instance: string): Promise<unknown> {
  const detection = await driver.takeTask('error_detection', instance);
  expect(detection.variables).toMatchObject({ error_type: 'COMPONENT_UNHEALTHY' });
  await detection.complete({ severity: 'none', error_summary: 'ready again' });
  return detection.variables['component'];
}

describe('procos_health_monitoring', () => {
  it('ends at once when all is well', async () => {
    // given
    const instance = await driver.start(key);

    // when
    await checked(instance, []);

    // then
    const end = await driver.ended(instance);
    expect(end.path.filter((id) => !id.startsWith('recover_incidents'))).toEqual([
      'every_30_seconds',
      'check_health',
      'all_healthy',
      'system_healthy_end',
    ]);
  });

  it('recovers the unhealthy components one after the other', async () => {
    // given
    const instance = await driver.start(key);

    // when
    await checked(instance, ['ai-worker', 'gateway']);
    const [first = ''] = await driver.calledInstances(instance, 'recover_components');
    const recoveredFirst = await recovered(first);
    const [, second = ''] = await driver.calledInstances(instance, 'recover_components');
    const recoveredSecond = await recovered(second);

    // then
    expect([recoveredFirst, recoveredSecond]).toEqual(['ai-worker', 'gateway']);
    const end = await driver.ended(instance);
    expect(end).toMatchObject({ state: 'COMPLETED', endEvent: 'recovery_done' });
  });

  it('hands each incident to a recovery that names it, one after the other, before it looks at components', async () => {
    // given
    const instance = await driver.start(key);

    // when
    await checked(instance, [], ['incident-1', 'incident-2']);
    const taken: unknown[] = [];
    for (const id of ['incident-1', 'incident-2']) {
      const called = (await driver.calledInstances(instance, 'recover_incidents')).at(-1) ?? '';
      const detection = await driver.takeTask('error_detection', called);
      taken.push({ ...detection.variables, businessKey: await driver.businessKey(called), expected: id });
      await detection.complete({ severity: 'none', error_summary: 'resolved' });
    }

    // then
    expect(taken).toEqual(
      ['incident-1', 'incident-2'].map((id): unknown =>
        expect.objectContaining({ incident_id: id, error_type: 'INCIDENT_OPEN', businessKey: `incident:${id}` }),
      ),
    );
    expect((await driver.ended(instance)).endEvent).toBe('system_healthy_end');
  });

  it('recovers at most 20 components in one check', async () => {
    // given
    const instance = await driver.start(key);

    // when
    await checked(
      instance,
      Array.from({ length: 25 }, (_, index) => `service-${index + 1}`),
    );
    for (let index = 0; index < 20; index++) {
      const called = await driver.calledInstances(instance, 'recover_components');
      await recovered(called.at(-1) ?? '');
    }

    // then
    expect((await driver.ended(instance)).endEvent).toBe('recovery_done');
    expect(await driver.calledInstances(instance, 'recover_components')).toHaveLength(20);
  });

  it('gives a check up that nobody makes, so that checks do not pile up', async () => {
    // given
    const instance = await driver.start(key);

    // when
    await driver.fireTimer(instance, 'check_overdue');

    // then
    const end = await driver.ended(instance);
    expect(end.path).toEqual(['every_30_seconds', 'check_health', 'check_overdue', 'check_given_up']);
  });

  it('is started by its own timer', async () => {
    // when
    const instance = await driver.fireStartTimer(key);

    // then
    await checked(instance, []);
    expect((await driver.ended(instance)).endEvent).toBe('system_healthy_end');
  });
});
