// The other end of client-process.mjs: what runs in the process of a client.

/**
 * @param {(turn: object) => Promise<{go: () => void | Promise<void>, rest: () => Promise<void>}> | {go: () => void | Promise<void>, rest: () => Promise<void>}} prepare
 */
export function serveTurns(prepare) {
  let current;
  const does = {
    prepare: async ({ turn }) => {
      current = await prepare(turn);
    },
    go: () => current.go(),
    rest: () => current.rest(),
  };
  process.on('message', (message) => {
    Promise.resolve(does[message.does](message)).then(
      () => process.send({}),
      (error) => process.send({ fault: error.stack }),
    );
  });
  process.once('disconnect', () => process.exit());
}

/**
 * An engine may go on with a long poll whose client has stopped. It forgets the pending one as soon as the same worker asks
 * for something else: so no candidate's rest disturbs the turn of the next.
 */
export async function supersedeLongPoll({ baseUrl, user, password }, workerId) {
  const response = await fetch(`${baseUrl}/external-task/fetchAndLock`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${user}:${password}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      workerId,
      maxTasks: 1,
      asyncResponseTimeout: 1,
      topics: [{ topicName: 'procos.nothing', lockDuration: 1_000 }],
    }),
  });
  if (!response.ok) throw new Error(`The engine answered ${response.status} to the request that ends a long poll`);
  await response.arrayBuffer();
}
