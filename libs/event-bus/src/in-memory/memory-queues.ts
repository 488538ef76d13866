import type { ProcosEvent } from '@procos/contracts';
import type { DeadLetters } from '../event-bus.ts';
import { type MemoryChannel, openMemoryChannel } from './memory-channel.ts';
import { createMemoryDeadLetters } from './memory-dead-letters.ts';
import type { MemoryMessage, QueuedEvent } from './memory-messages.ts';
import { createMemoryQueue, type MemoryQueue } from './memory-queue.ts';

/** One bus's part in the queues that all buses of its name share. */
export interface MemoryQueues {
  readonly deadLetters: DeadLetters;
  publish(event: ProcosEvent): void;
  named(queue: string): MemoryQueue;
  close(): void;
}

export interface MemoryQueuesOptions {
  readonly name: string;
  readonly onHandlerError: (thrown: unknown, event: ProcosEvent | undefined) => void;
  /** Told of each event that is published, here or in another bus. */
  readonly onEvent: (event: ProcosEvent) => void;
}

export function createMemoryQueues({ name, onHandlerError, onEvent }: MemoryQueuesOptions): MemoryQueues {
  const queues = new Map<string, MemoryQueue>();
  const deliver = (queued: QueuedEvent) => {
    onEvent(queued.event);
    for (const queue of queues.values()) queue.offer(queued);
  };
  const receive = (message: MemoryMessage) => {
    switch (message.kind) {
      case 'published':
        return deliver(message.queued);
      case 'done':
        return queues.get(message.queue)?.drop(message.key);
      case 'waiting':
        return queues.get(message.queue)?.add(message.queued);
      case 'died':
        return letters.add(message.letters);
      case 'asked':
        return answer(message.queue);
      case 'replayed':
        letters.drop(message.letters);
        for (const { queue, queued } of message.letters) queues.get(queue)?.add([again(queued)]);
    }
  };
  const channel: MemoryChannel = openMemoryChannel(`procos.events/${name}`, receive);
  const letters = createMemoryDeadLetters((replayed) => {
    channel.tell({ kind: 'replayed', letters: replayed });
    receive({ kind: 'replayed', letters: replayed });
  });
  const answer = (queue: string | undefined) => {
    if (queue === undefined) return channel.tell({ kind: 'died', letters: letters.all() });
    const queued = queues.get(queue)?.waiting();
    if (queued !== undefined) channel.tell({ kind: 'waiting', queue, queued });
  };
  const make = (queue: string) =>
    createMemoryQueue({
      leaderName: `procos.events/${name}/${queue}`,
      caughtUp: channel.caughtUp,
      onHandlerError,
      onDone: (key) => channel.tell({ kind: 'done', queue, key }),
      onDead: (queued, reason) => {
        const died = [{ queue, queued, reason }];
        letters.add(died);
        channel.tell({ kind: 'died', letters: died });
      },
    });
  channel.tell({ kind: 'asked', queue: undefined });
  return {
    deadLetters: letters.port,
    publish: (event) => {
      const queued = { key: crypto.randomUUID(), event };
      // A channel does not hear itself.
      channel.tell({ kind: 'published', queued });
      deliver(queued);
    },
    named: (queue) => {
      const known = queues.get(queue);
      if (known !== undefined) return known;
      const made = make(queue);
      queues.set(queue, made);
      channel.tell({ kind: 'asked', queue });
      return made;
    },
    close: channel.close,
  };
}

/** To its queue a replayed event is a new one; all copies give it the same key. */
const again = ({ key, event }: QueuedEvent): QueuedEvent => ({ key: `${key}+`, event });
