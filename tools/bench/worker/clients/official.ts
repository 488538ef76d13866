// The official Node client, unmodified.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EngineTurn, serveTurns, supersedeLongPoll } from '../serve-turns.ts';

/** The package ships no types: what is used here. */
interface Official {
  readonly BasicAuthInterceptor: new (account: { username: string; password: string }) => object;
  readonly Client: new (
    options: object,
  ) => {
    subscribe(
      topic: string,
      handler: (work: { task: object; taskService: { complete(task: object): Promise<void> } }) => Promise<void>,
    ): void;
    start(): void;
    stop(): void;
  };
}

const { BasicAuthInterceptor, Client } = createRequire(import.meta.url)('camunda-external-task-client-js') as Official;

/** `default` is what one gets who says nothing; `tuned` the best that its options allow. */
const SETTINGS: Readonly<Record<string, object>> = {
  default: {},
  'long-poll': { asyncResponseTimeout: 10_000 },
  tuned: { asyncResponseTimeout: 10_000, interval: 0, maxTasks: 64, maxParallelExecutions: 64 },
};

serveTurns(({ connection, topics, variant = 'default' }: EngineTurn) => {
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
