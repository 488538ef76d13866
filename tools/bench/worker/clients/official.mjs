// The official Node client, unmodified.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BasicAuthInterceptor, Client } from 'camunda-external-task-client-js';
import { serveTurns, supersedeLongPoll } from '../serve-turns.mjs';

/** `default` is what one gets who says nothing; `tuned` the best that its options allow. */
const SETTINGS = {
  default: {},
  'long-poll': { asyncResponseTimeout: 10_000 },
  tuned: { asyncResponseTimeout: 10_000, interval: 0, maxTasks: 64, maxParallelExecutions: 64 },
};

serveTurns(({ connection, topics, variant }) => {
  const { baseUrl, user, password } = connection;
  // An id per turn changes nothing but that the rest of an earlier turn can be told from this one.
  const workerId = randomUUID();
  const client = new Client({
    baseUrl,
    workerId,
    autoPoll: false,
    interceptors: new BasicAuthInterceptor({ username: user, password }),
    ...SETTINGS[variant],
  });
  for (const { topic } of topics) client.subscribe(topic, async ({ task, taskService }) => taskService.complete(task));
  return {
    go: () => client.start(),
    rest: async () => {
      client.stop();
      await supersedeLongPoll(connection, workerId);
      // A poll that its timer had already started may still be under way.
      await sleep(50);
    },
  };
});
