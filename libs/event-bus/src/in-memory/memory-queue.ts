import { matchesRoutingKey, type ProcosEvent } from '@procos/contracts';
import type { ConsumeOptions, DeadLetter, EventHandler, Unsubscribe } from '../event-bus.ts';
import { type Leadership, seekLeadership } from './leadership.ts';
import { createMemoryConsumer, handle, idlest, type MemoryConsumer } from './memory-consumer.ts';
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
  readonly onDead: (queued: QueuedEvent, reason: DeadLetter['reason']) => void;
}

export function createMemoryQueue(options: MemoryQueueOptions): MemoryQueue {
  const events = createQueuedEvents();
  const patterns = new Set<string>();
  const consumers = new Set<MemoryConsumer>();
  let leadership: Leadership | undefined;

  const handOut = () => {
    if (leadership?.leads() !== true) return;
    for (const entry of events.ready()) {
      const consumer = idlest(consumers);
      if (consumer === undefined) return;
      const work = attempt(entry, consumer).finally(() => {
        consumer.atWork.delete(work);
        handOut();
      });
      consumer.atWork.add(work);
    }
  };
  const attempt = async (entry: Entry, consumer: MemoryConsumer) => {
    entry.state = 'out';
    entry.deliveries += 1;
    const outcome = await handle(entry, consumer, options.onHandlerError);
    if (outcome === 'again') {
      entry.state = 'ready';
      return;
    }
    events.finish(entry.key);
    if (outcome !== 'done') options.onDead(entry, outcome);
    options.onDone(entry.key);
  };
  const join = (consumer: MemoryConsumer) => {
    consumers.add(consumer);
    if (consumers.size > 1) return handOut();
    const { leaderName: name, caughtUp: prepare, onHandlerError } = options;
    leadership = seekLeadership({ name, prepare, onLead: handOut, onFault: (thrown) => onHandlerError(thrown, undefined) });
  };
  const leave = async (consumer: MemoryConsumer) => {
    if (!consumers.delete(consumer)) return;
    consumer.stopping.abort();
    await Promise.all(consumer.atWork);
    if (consumers.size === 0) leadership?.giveUp();
  };
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
    waiting: () => (leadership?.leads() === true || consumers.size === 0 ? events.all() : undefined),
    consume: (pattern, handler, wanted) => {
      patterns.add(pattern);
      const consumer = createMemoryConsumer(handler, wanted);
      join(consumer);
      return () => leave(consumer);
    },
  };
}
