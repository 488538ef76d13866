// What the engine gives at most to one process: fetch, complete all at once, fetch again. No handler, no checks, no leases.
import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { serveTurns, supersedeLongPoll } from '../serve-turns.mjs';

const MAX_TASKS = 64;
/** About as many as the engine has database connections for: more would only wait there. */
const CONNECTIONS = 16;

serveTurns(({ connection, topics }) => {
  const { post, close } = openPool(connection);
  const workerId = randomUUID();
  const fetchRequest = {
    workerId,
    maxTasks: MAX_TASKS,
    asyncResponseTimeout: 5_000,
    topics: topics.map(({ topic }) => ({ topicName: topic, lockDuration: 30_000 })),
  };
  let resting = false;
  let loop;
  const run = async () => {
    while (!resting) {
      const tasks = await post('/external-task/fetchAndLock', fetchRequest).catch((error) => {
        // The request that rests us makes the engine end the pending one with an error.
        if (!resting) throw error;
        return [];
      });
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

function openPool(connection) {
  const { origin, pathname } = new URL(connection.baseUrl);
  const pool = new Pool(origin, { connections: CONNECTIONS, headersTimeout: 0, bodyTimeout: 0 });
  const headers = {
    authorization: `Basic ${btoa(`${connection.user}:${connection.password}`)}`,
    'content-type': 'application/json',
  };
  const post = async (path, body) => {
    const response = await pool.request({
      method: 'POST',
      path: `${pathname}${path}`,
      headers,
      body: JSON.stringify(body),
    });
    const text = await response.body.text();
    if (response.statusCode >= 400) throw new Error(`${path}: ${response.statusCode} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return { post, close: () => pool.close() };
}
