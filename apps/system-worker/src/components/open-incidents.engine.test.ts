import { recoveryBusinessKey } from '@procos/contracts';
import { createEngineClient, type Incident } from '@procos/engine-client';
import { eventually, useProcessDriver } from '@procos/testing';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { incidentsToRecover, markTaken, otherRecovery } from './open-incidents.ts';

const model = (key: string) => new URL(`../../../../processes/system/${key}/${key}.bpmn`, import.meta.url);
const driver = useProcessDriver(model('procos_error_recovery'), model('ai_query_process'));
const engine = createEngineClient(inject('engine'));
afterAll(() => engine.close());

/** Other tests share the engine, and their incidents may be older. */
const all = 100_000;

async function openIncident(): Promise<string> {
  const instance = await driver.start('ai_query_process', { user_query: 'What is BPMN?' });
  await (await driver.takeTask('input_validation', instance)).fail('connect ECONNREFUSED');
  return (await eventually('incident', async () => (await driver.incidents(instance))[0])).id;
}

describe('open incidents of a real engine', () => {
  it('are named until a recovery bears their business key, also after that recovery has ended', async () => {
    const incident = await openIncident();
    const isNamed = async () => (await incidentsToRecover(engine, 0, all)).includes(incident);
    await expect.poll(isNamed, { timeout: 10_000 }).toBe(true);
    expect(await incidentsToRecover(engine, 60_000, all)).not.toContain(incident);

    const recovery = await driver.start(
      'procos_error_recovery',
      { incident_id: incident },
      recoveryBusinessKey(incident),
    );

    expect(await isNamed()).toBe(false);
    expect(await otherRecovery(engine, incident, recovery)).toBeUndefined();
    expect(await otherRecovery(engine, incident, 'another')).toBe(recovery);
    await (await driver.takeTask('error_detection', recovery)).complete({ severity: 'none', error_summary: 'gone' });
    await driver.ended(recovery);
    expect(await isNamed()).toBe(false);
  });

  it('that a recovery has looked at are not named again when the history of that recovery is gone', async () => {
    const incident = await openIncident();
    const untouched = await openIncident();
    const named = async () => incidentsToRecover(engine, 0, all);
    await expect.poll(named, { timeout: 10_000 }).toEqual(expect.arrayContaining([incident, untouched]));
    const [found] = await engine.runtime.incidents({ incidentId: incident });

    if (found !== undefined) await markTaken(engine, found);

    expect(await named()).toContain(untouched);
    expect(await named()).not.toContain(incident);
    await engine.runtime.deleteInstance(found?.processInstanceId ?? '', 'ended by a test');
    await expect(markTaken(engine, found as Incident)).resolves.toBeUndefined();
  });

  it('of one task are counted by it, so that a retry that fails again and again comes to an end', async () => {
    const id = await openIncident();
    const [incident] = await engine.runtime.incidents({ incidentId: id });
    const configuration = incident?.configuration ?? '';

    await engine.externalTasks.setRetries(configuration, 1);
    await engine.externalTasks.lock(configuration, 'again', 60_000);
    await engine.externalTasks.fail(configuration, 'again', {
      errorMessage: 'connect ECONNREFUSED',
      retries: 0,
      retryTimeout: 0,
    });

    await expect.poll(() => engine.history.countIncidents({ configuration }), { timeout: 10_000 }).toBe(2);
  });
});
