import type { ProcosEvent } from '@procos/contracts';
import type { DeadLetters } from '../event-bus.ts';
import { openMemoryChannel } from './memory-channel.ts';
import { createMemoryDeadLetters, type MemoryDeadLetters } from './memory-dead-letters.ts';
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
  const receive = (message: MemoryMessage) => takeIn(message, { queues, letters, deliver, tell: channel.tell });
  const channel = openMemoryChannel(`procos.events/${name}`, receive);
  // A channel does not hear itself: what concerns us as well is taken in here.
  const tellAll = (message: MemoryMessage) => {
    channel.tell(message);
    receive(message);
  };
  const letters = createMemoryDeadLetters((kind, chosen) => tellAll({ kind, letters: chosen }));
  const make = (queue: string) =>
    createMemoryQueue({
      leaderName: `procos.events/${name}/${queue}`,
      caughtUp: channel.caughtUp,
      onHandlerError,
      onDone: (key) => channel.tell({ kind: 'done', queue, key }),
      onDead: ({ key, event }, death) =>
        tellAll({ kind: 'died', letters: [{ queue, queued: { key, event }, ...death }] }),
    });
  channel.tell({ kind: 'asked', queue: undefined });
  return {
    deadLetters: letters.port,
    publish: (event) => tellAll({ kind: 'published', queued: { key: crypto.randomUUID(), event } }),
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

interface Parts {
  readonly queues: ReadonlyMap<string, MemoryQueue>;
  readonly letters: MemoryDeadLetters;
  readonly deliver: (queued: QueuedEvent) => void;
  readonly tell: (message: MemoryMessage) => void;
}

function takeIn(message: MemoryMessage, { queues, letters, deliver, tell }: Parts): void {
  switch (message.kind) {
    case 'published':
      return deliver(message.queued);
    case 'done':
      return queues.get(message.queue)?.drop(message.key);
    case 'waiting':
      return queues.get(message.queue)?.add(message.queued);
    case 'died':
      return letters.add(message.letters);
    case 'discarded':
      return letters.drop(message.letters);
    case 'replayed':
      letters.drop(message.letters);
      for (const { queue, queued } of message.letters) queues.get(queue)?.add([again(queued)]);
      return;
    case 'asked': {
      if (message.queue === undefined) return tell({ kind: 'died', letters: letters.all() });
      const queued = queues.get(message.queue)?.waiting();
      if (queued !== undefined) tell({ kind: 'waiting', queue: message.queue, queued });
    }
  }
}

/** To its queue a replayed event is a new one; all copies give it the same key. */
const again = ({ key, event }: QueuedEvent): QueuedEvent => ({ key: `${key}+`, event });
