// What the engine gives at most to one process: fetch, complete all at once, fetch again. No handler, no checks, no leases.
import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import type { Connection } from '../engine-session.ts';
import { type EngineTurn, serveTurns, supersedeLongPoll } from '../serve-turns.ts';

const MAX_TASKS = 64;
/** About as many as the engine has database connections for: more would only wait there. */
const CONNECTIONS = 16;

serveTurns(({ connection, topics }: EngineTurn) => {
  const { post, close } = openPool(connection);
  const workerId = randomUUID();
  const fetchRequest = {
    workerId,
    maxTasks: MAX_TASKS,
    asyncResponseTimeout: 5_000,
    topics: topics.map(({ topic }) => ({ topicName: topic, lockDuration: 30_000 })),
  };
  let resting = false;
  let loop: Promise<void> | undefined;
  const run = async () => {
    while (!resting) {
      const tasks = await post<readonly { id: string }[]>('/external-task/fetchAndLock', fetchRequest).catch(
        (thrown: unknown) => {
          // The request that rests us makes the engine end the pending one with an error.
          if (!resting) throw thrown;
          return [];
        },
      );
      await Promise.all(tasks.map(({ id }) => post(`/external-task/${id}/complete`, { workerId })));
    }
  };
  return {
    go: () => {
      loop = run();
    },
    rest: async () => {
      resting = true;
      await supersedeLongPoll(connection, workerId);
      await loop;
      await close();
    },
  };
});

function openPool(connection: Connection) {
  const { origin, pathname } = new URL(connection.baseUrl);
  const pool = new Pool(origin, { connections: CONNECTIONS, headersTimeout: 0, bodyTimeout: 0 });
  const headers = {
    authorization: `Basic ${btoa(`${connection.user}:${connection.password}`)}`,
    'content-type': 'application/json',
  };
  const post = async <Answer>(path: string, body: object): Promise<Answer> => {
    const response = await pool.request({
      method: 'POST',
      path: `${pathname}${path}`,
      headers,
      body: JSON.stringify(body),
    });
    const text = await response.body.text();
    if (response.statusCode >= 400) throw new Error(`${path}: ${response.statusCode} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  };
  return { post, close: () => pool.close() };
}
