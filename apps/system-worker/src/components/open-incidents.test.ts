import { describe, expect, it } from 'vitest';
import type { Incident } from '@procos/engine-client';
import { fakeSystem } from '../testing/system-fakes.ts';
import { incidentsToRecover, markTaken } from './open-incidents.ts';

const delayMs = 60_000;
const ids = (count: number) => Array.from({ length: count }, (_, index) => `i${index}`);
const recovery = (incidentId: string) => ({ id: `of-${incidentId}`, businessKey: `incident:${incidentId}` });

describe('the incidents that a check hands to recovery', () => {
  it('are those that began it, not what the engine repeats in callers, and none of recovery itself', async () => {
    const { tools } = fakeSystem({
      incidents: [
        { id: 'began' },
        { id: 'repeated', rootCauseIncidentId: 'began' },
        ...['procos_error_recovery', 'procos_health_monitoring'].map((processDefinitionKey) => ({
          id: processDefinitionKey,
          processDefinitionKey,
        })),
      ] as object[],
    });

    expect(await incidentsToRecover(tools.engine, delayMs)).toEqual(['began']);
  });

  it('are none that any recovery has ever taken, whether it runs or has ended', async () => {
    const incidents = ids(5).map((id) => ({ id }));
    const { tools } = fakeSystem({ incidents, recoveries: [recovery('i0'), recovery('i3')] });

    expect(await incidentsToRecover(tools.engine, delayMs)).toEqual(['i1', 'i2', 'i4']);
  });

  it('are none that bear the mark of a recovery: its history is deleted after a time, and they may be open longer', async () => {
    const incidents = ids(3).map((id) => ({ id, executionId: `e-${id}` }));
    const { tools } = fakeSystem({ incidents, recoveries: [recovery('i0')] });
    for (const incident of incidents.slice(1, 2)) await markTaken(tools.engine, incident as Incident);

    expect(await incidentsToRecover(tools.engine, delayMs)).toEqual(['i2']);
  });

  it('are at most ten, the oldest, also behind hundreds that people know of already', async () => {
    const incidents = ids(450).map((id) => ({ id }));
    const { tools } = fakeSystem({ incidents, recoveries: ids(430).map(recovery) });

    expect(await incidentsToRecover(tools.engine, delayMs)).toEqual(ids(440).slice(430));
  });

  it('are older than the delay: an outage that outlived all tries needs time to pass', async () => {
    const createTime = (ageMs: number) => new Date(Date.now() - ageMs).toISOString().replace('Z', '+0000');
    const incidents = [
      { id: 'old', createTime: createTime(61_000) },
      { id: 'young', createTime: createTime(50_000) },
    ] as object[];

    expect(await incidentsToRecover(fakeSystem({ incidents }).tools.engine, delayMs)).toEqual(['old']);
  });
});
