// The other end of client-process.ts: what runs in the process of a client.

import { stackOf } from '../report.ts';
import type { Connection } from './engine-session.ts';

/** What a client of the engine is given for its turn. */
export interface EngineTurn {
  readonly connection: Connection;
  readonly topics: readonly { readonly topic: string; readonly workMs?: number }[];
  readonly variant?: string;
}

/** What the process of a client says when it has done what it was asked. */
export interface Answer {
  readonly fault?: string;
}

interface Prepared {
  go(): void | Promise<void>;
  rest(): Promise<void>;
}

type Message<Turn> = { readonly does: 'prepare'; readonly turn: Turn } | { readonly does: 'go' | 'rest' };

export function serveTurns<Turn extends object>(prepare: (turn: Turn) => Promise<Prepared> | Prepared): void {
  let current: Prepared | undefined;
  const carryOut = async (message: Message<Turn>): Promise<void> => {
    if (message.does === 'prepare') current = await prepare(message.turn);
    else await current?.[message.does]();
  };
  const answer = (words: Answer) => process.send?.(words);
  process.on('message', (message) => {
    carryOut(message as Message<Turn>).then(
      () => answer({}),
      (thrown: unknown) => answer({ fault: stackOf(thrown) }),
    );
  });
  process.once('disconnect', () => process.exit());
}

/**
 * An engine may go on with a long poll whose client has stopped. It forgets the pending one as soon as the same worker asks
 * for something else: so no candidate's rest disturbs the turn of the next.
 */
export async function supersedeLongPoll({ baseUrl, user, password }: Connection, workerId: string): Promise<void> {
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
