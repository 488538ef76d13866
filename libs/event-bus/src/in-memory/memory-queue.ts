import { matchesRoutingKey, type ProcosEvent } from '@procos/contracts';
import type { ConsumeOptions, EventHandler, Unsubscribe } from '../event-bus.ts';
import { createDispatcher } from './dispatcher.ts';
import { type Leadership, seekLeadership } from './leadership.ts';
import { createMemoryConsumer, type Death, type MemoryConsumer, stopConsumer } from './memory-consumer.ts';
import type { QueuedEvent } from './memory-messages.ts';
import { createQueuedEvents, type Entry } from './queued-events.ts';

/** One bus's copy of a queue. All copies hold the same events; the one that leads hands them out. */
export interface MemoryQueue {
  /** Takes an event in if one of the patterns wants it. */
  offer(queued: QueuedEvent): void;
  /** Takes events in that the queue is known to hold. */
  add(queued: readonly QueuedEvent[]): void;
  /** Another copy is done with it. */
  drop(key: string): void;
  /** What is in the queue; undefined when another copy may know better. */
  waiting(): readonly QueuedEvent[] | undefined;
  consume(pattern: string, handler: EventHandler, options: ConsumeOptions): Unsubscribe;
}

export interface MemoryQueueOptions {
  /** The same for all copies. */
  readonly leaderName: string;
  /** Resolves when everything that other copies have told is received. */
  readonly caughtUp: () => Promise<void>;
  readonly onHandlerError: (thrown: unknown, event: ProcosEvent | undefined) => void;
  readonly onDone: (key: string) => void;
  readonly onDead: (queued: QueuedEvent, death: Death) => void;
}

export function createMemoryQueue(options: MemoryQueueOptions): MemoryQueue {
  const { onHandlerError, onDone, onDead } = options;
  const events = createQueuedEvents();
  const patterns = new Set<string>();
  const { consumers, leads, join } = leadingConsumers(options, () => handOut());
  const onFinished = (entry: Entry, outcome: 'done' | Death) => {
    events.finish(entry.key);
    if (outcome !== 'done') onDead(entry, outcome);
    onDone(entry.key);
  };
  const handOut = createDispatcher({ events, consumers, mayHandOut: leads, onHandlerError, onFinished });
  return {
    offer: (queued) => {
      if ([...patterns].some((pattern) => matchesRoutingKey(pattern, queued.event.type))) events.add(queued);
      handOut();
    },
    add: (all) => {
      all.forEach(events.add);
      handOut();
    },
    drop: events.finish,
    waiting: () => (leads() || consumers.size === 0 ? events.all() : undefined),
    consume: (pattern, handler, wanted) => {
      patterns.add(pattern);
      return join(createMemoryConsumer(handler, wanted));
    },
  };
}

/** The consumers of one copy: as long as it has any, it wants to lead. @param onLead also called for each that joins later */
function leadingConsumers({ leaderName, caughtUp, onHandlerError }: MemoryQueueOptions, onLead: () => void) {
  const consumers = new Set<MemoryConsumer>();
  let leadership: Leadership | undefined;
  const join = (consumer: MemoryConsumer): Unsubscribe => {
    consumers.add(consumer);
    if (consumers.size > 1) onLead();
    else
      leadership = seekLeadership({
        name: leaderName,
        prepare: caughtUp,
        onLead,
        onFault: (thrown) => onHandlerError(thrown, undefined),
      });
    return async () => {
      consumers.delete(consumer);
      await stopConsumer(consumer);
      if (consumers.size === 0) leadership?.giveUp();
    };
  };
  return { consumers, leads: () => leadership?.leads() === true, join };
}
