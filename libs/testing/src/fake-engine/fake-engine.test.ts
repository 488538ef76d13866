import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { externalTaskContract } from '../contracts/external-task-contract.ts';
import { createFakeExternalTasks } from './fake-external-tasks.ts';
import { createFakeTaskStore } from './fake-task-store.ts';

describe('the fake engine', () => {
  const store = createFakeTaskStore(Date.now);
  const tasks = createFakeExternalTasks(store);
  externalTaskContract({
    tasks,
    topic: 'contract_task',
    create: async (topic) => {
      const { id } = store.create(randomUUID(), topic);
      tasks.created();
      return id;
    },
  });
});
