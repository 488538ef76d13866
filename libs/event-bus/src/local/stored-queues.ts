import { matchesRoutingKey, type ProcosEvent } from '@procos/contracts';
import type { DeadLetter, DeadLetters } from '../event-bus.ts';
import type { QueueStore } from './queue-store.ts';

/** One event in one queue, in the hands of one bus. */
export interface HeldMessage {
  readonly seq: number;
  readonly event: ProcosEvent;
  /** How often it was handed out, this time included. */
  readonly deliveries: number;
}

/** Why an event will not be handed out again. */
export type Death = Pick<DeadLetter, 'reason' | 'problem'>;

/** The queues that all buses of one name share. */
export interface StoredQueues {
  /** Makes the queue keep events that match the pattern from now on. */
  declare(queue: string, pattern: string): void;
  /** Puts an event into every queue that wants it. @returns those queues */
  put(event: ProcosEvent): readonly string[];
  /** Takes the oldest event that nobody has. */
  take(queue: string, holder: string): HeldMessage | undefined;
  /** It was handled. */
  finish(message: HeldMessage): void;
  /** It may be handed out again. */
  release(message: HeldMessage): void;
  /** It will not be handed out again until somebody asks for that. */
  bury(queue: string, message: HeldMessage, death: Death): void;
  /** Who has events of a queue. */
  holders(queue: string): readonly string[];
  /** Lets go of all that a bus had that is no more. @returns how many */
  releaseAllOf(holder: string): number;
}

export function createStoredQueues(store: QueueStore): StoredQueues {
  return {
    declare: (queue, pattern) => void store.run('INSERT OR IGNORE INTO queues VALUES (?, ?)', queue, pattern),
    put: (event) => put(store, event),
    take: (queue, holder) => {
      const oldest = 'SELECT seq FROM messages WHERE queue = ? AND holder IS NULL ORDER BY seq LIMIT 1';
      const [row] = store.all(
        `UPDATE messages SET holder = ?, deliveries = deliveries + 1 WHERE seq = (${oldest}) RETURNING seq, event, deliveries`,
        holder,
        queue,
      );
      if (row === undefined) return undefined;
      return {
        seq: Number(row['seq']),
        event: JSON.parse(String(row['event'])) as ProcosEvent,
        deliveries: Number(row['deliveries']),
      };
    },
    finish: ({ seq }) => void store.run('DELETE FROM messages WHERE seq = ?', seq),
    release: ({ seq }) => void store.run('UPDATE messages SET holder = NULL WHERE seq = ?', seq),
    bury: (queue, { seq, event }, { reason, problem }) =>
      store.together(() => {
        store.run('DELETE FROM messages WHERE seq = ?', seq);
        store.run(
          'INSERT INTO dead_letters (queue, event_id, event, reason, problem) VALUES (?, ?, ?, ?, ?)',
          ...[queue, event.id, JSON.stringify(event), reason, problem ?? null],
        );
      }),
    holders: (queue) =>
      store
        .all('SELECT DISTINCT holder FROM messages WHERE queue = ? AND holder IS NOT NULL', queue)
        .map(({ holder }) => String(holder)),
    releaseAllOf: (holder) => store.run('UPDATE messages SET holder = NULL WHERE holder = ?', holder),
  };
}

function put(store: QueueStore, event: ProcosEvent): readonly string[] {
  const wanting = store.all('SELECT name, pattern FROM queues');
  const names = wanting.flatMap(({ name, pattern }) =>
    matchesRoutingKey(String(pattern), event.type) ? [String(name)] : [],
  );
  const queues = [...new Set(names)];
  if (queues.length > 0) {
    const text = JSON.stringify(event);
    store.together(() => {
      for (const queue of queues) store.run('INSERT INTO messages (queue, event) VALUES (?, ?)', queue, text);
    });
  }
  return queues;
}

/** @param onReplayed told which queue has events again */
export function createStoredDeadLetters(store: QueueStore, onReplayed: (queue: string) => void): DeadLetters {
  const chosen = (queue: string, ids: readonly string[] | undefined) =>
    store
      .all('SELECT seq, event_id, event FROM dead_letters WHERE queue = ? ORDER BY seq', queue)
      .filter(({ event_id: id }) => ids === undefined || ids.includes(String(id)));
  return {
    list: async (queue, limit = 100) =>
      store.all('SELECT * FROM dead_letters WHERE queue = ? ORDER BY seq LIMIT ?', queue, limit).map((row) => ({
        id: String(row['event_id']),
        event: JSON.parse(String(row['event'])) as ProcosEvent,
        text: String(row['event']),
        reason: row['reason'] === 'rejected' ? 'rejected' : 'delivery_limit',
        problem: row['problem'] === null ? undefined : String(row['problem']),
      })),
    replay: async (queue, ids) => {
      const count = store.together(() => {
        const letters = chosen(queue, ids);
        for (const { seq, event } of letters) {
          store.run('INSERT INTO messages (queue, event) VALUES (?, ?)', queue, String(event));
          store.run('DELETE FROM dead_letters WHERE seq = ?', Number(seq));
        }
        return letters.length;
      });
      if (count > 0) onReplayed(queue);
      return count;
    },
    discard: async (queue, ids) =>
      store.together(() => {
        const letters = chosen(queue, ids);
        for (const { seq } of letters) store.run('DELETE FROM dead_letters WHERE seq = ?', Number(seq));
        return letters.length;
      }),
  };
}
