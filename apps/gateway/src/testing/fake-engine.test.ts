import { describe } from 'vitest';
import { engineContract } from './engine-contract.ts';
import { addInstance, emptyWorld, newId, tick } from './engine-world.ts';
import { fakeEngine } from './fake-engine.ts';

describe('the fake engine of the gateway', () => {
  const world = emptyWorld();
  engineContract({
    engine: fakeEngine(world),
    run: 'run',
    start: async (key, businessKey) => {
      const { id, processDefinitionId } = addInstance(world, key, { businessKey });
      const task = { name: 'Ask', description: null, taskDefinitionKey: 'ask_person', assignee: null, due: null };
      world.userTasks.push({ ...task, id: newId('task'), created: tick(), processInstanceId: id, processDefinitionId });
      return id;
    },
  });
});
