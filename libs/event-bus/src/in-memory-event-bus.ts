import { matchesRoutingKey, type ProcosEvent } from '@procos/contracts';
import { checkEvent } from './check-event.ts';
import { NotConnectedError } from './errors.ts';
import type { EventBus, EventHandler } from './event-bus.ts';
import { neverLost } from './in-memory/memory-consumer.ts';
import { createMemoryQueues } from './in-memory/memory-queues.ts';
import { queueName } from './queue-name.ts';
import { createRunningConsumers } from './running-consumers.ts';

export interface InMemoryEventBusOptions {
  /** Buses of one process with the same name hear each other, across threads. */
  readonly name: string;
  /** Told when a handler throws. `event` is undefined when it is the bus that has failed. */
  readonly onHandlerError: (thrown: unknown, event: ProcosEvent | undefined) => void;
}

interface View {
  readonly pattern: string;
  readonly handler: EventHandler;
}

/**
 * Event bus of the embedded mode: one Node process, apps in threads of their own. Queues and dead letters live as long as
 * one bus of that name does; one that is alone and closes takes what was not handled with it.
 */
export function createInMemoryEventBus({ name, onHandlerError }: InMemoryEventBusOptions): EventBus {
  const views = new Set<View>();
  const consumers = createRunningConsumers();
  let closed = false;
  const refuseWhenClosed = () => {
    if (closed) throw new NotConnectedError('the event bus is closed');
  };
  const queues = createMemoryQueues({
    name,
    onHandlerError,
    onEvent: (event) => views.forEach((view) => void show(view, event, onHandlerError)),
  });
  return {
    publish: async (event) => {
      refuseWhenClosed();
      queues.publish(checkEvent(event));
    },
    subscribe: async (pattern, handler) => {
      refuseWhenClosed();
      const view = { pattern, handler };
      views.add(view);
      return async () => void views.delete(view);
    },
    consume: async (pattern, handler, options = {}) => {
      refuseWhenClosed();
      return consumers.add(queues.named(options.queue ?? queueName(pattern)).consume(pattern, handler, options));
    },
    deadLetters: queues.deadLetters,
    awayBecause: () => (closed ? 'the event bus is closed' : undefined),
    broker: () => undefined,
    close: async () => {
      await consumers.stopAll();
      closed = true;
      views.clear();
      queues.close();
    },
  };
}

async function show(
  { pattern, handler }: View,
  event: ProcosEvent,
  onHandlerError: InMemoryEventBusOptions['onHandlerError'],
): Promise<void> {
  try {
    if (matchesRoutingKey(pattern, event.type)) await handler(event, { signal: neverLost.signal, isRepetition: false });
  } catch (thrown) {
    onHandlerError(thrown, event);
  }
}
