import { describe } from 'vitest';
import { fakeEngine } from './fake-engine.ts';
import { historyContract } from './history-contract.ts';
import { activity, at, instance } from './reading-scene.ts';

describe('the fake engine of the bridge', () => {
  const engine = fakeEngine();
  historyContract({
    client: engine.client,
    key: 'ordering',
    since: Date.parse('2026-11-23T12:00:00.000Z') - 1,
    happen: async () => {
      engine.deployments.push(
        { id: 'd1', name: 'ordering', source: null, deploymentTime: at(1) },
        { id: 'd2', name: 'ordering', source: null, deploymentTime: at(2) },
      );
      engine.instances.push(instance('one', 10, 40), instance('two', 20, 50), instance('three', 30, null));
      const ended = [
        ['one', 10, 40],
        ['two', 20, 50],
      ] as const;
      for (const [processInstanceId, start, end] of ended)
        engine.activities.push(
          activity(`${processInstanceId} begun`, 'begun', 1, [start, start], { processInstanceId }),
          activity(`${processInstanceId} first`, 'first', 2, [start, end], { processInstanceId }),
          activity(`${processInstanceId} ended`, 'ended', 3, [end, end], { processInstanceId }),
        );
      engine.activities.push(
        activity('three begun', 'begun', 1, [30, 30], { processInstanceId: 'three' }),
        activity('three first', 'first', 2, [30, null], { processInstanceId: 'three' }),
      );
      return ['one', 'two', 'three'];
    },
  });
});
