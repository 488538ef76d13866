import type { ProcosEvent } from '@procos/contracts';
import { handle, idlest, type MemoryConsumer, type Outcome } from './memory-consumer.ts';
import type { Entry, QueuedEvents } from './queued-events.ts';

export interface DispatcherOptions {
  readonly events: QueuedEvents;
  readonly consumers: ReadonlySet<MemoryConsumer>;
  readonly mayHandOut: () => boolean;
  readonly onHandlerError: (thrown: unknown, event: ProcosEvent) => void;
  /** Told when an event is handled, or will not be handed out again. */
  readonly onFinished: (entry: Entry, outcome: Exclude<Outcome, 'again'>) => void;
}

/** @returns hands out whatever can be handed out now */
export function createDispatcher({
  events,
  consumers,
  mayHandOut,
  onHandlerError,
  onFinished,
}: DispatcherOptions): () => void {
  const attempt = async (entry: Entry, consumer: MemoryConsumer) => {
    entry.state = 'out';
    entry.deliveries += 1;
    const outcome = await handle(entry, consumer, onHandlerError);
    if (outcome === 'again') entry.state = 'ready';
    else onFinished(entry, outcome);
  };
  const handOut = () => {
    if (!mayHandOut()) return;
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
  return handOut;
}
