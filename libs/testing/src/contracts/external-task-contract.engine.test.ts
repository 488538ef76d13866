import { createEngineClient } from '@procos/engine-client';
import { describe, inject } from 'vitest';
import { eventually } from '../eventually.ts';
import { useProcessDriver } from '../use-process-driver.ts';
import { externalTaskContract } from './external-task-contract.ts';

describe('the real engine', () => {
  const driver = useProcessDriver(new URL('./contract-task.bpmn', import.meta.url));
  const { externalTasks: tasks } = createEngineClient(inject('engine'));
  externalTaskContract({
    tasks,
    topic: 'contract_task',
    create: async (_topic, outer = {}) => {
      const processInstanceId = await driver.start('contract_task', outer);
      const task = await eventually('the task', async () => (await tasks.list({ processInstanceId }))[0]);
      return task.id;
    },
  });
});
