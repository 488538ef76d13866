import { matchesRoutingKey, type ProcosEvent } from '@procos/contracts';
import { checkEvent } from './check-event.ts';
import { EventNotKeptError, NotConnectedError } from './errors.ts';
import type { EventBus, EventHandler } from './event-bus.ts';
import { createHolder } from './local/holder.ts';
import { openLocalChannel } from './local/local-channel.ts';
import { type LocalConsumer, neverLost, startLocalConsumer } from './local/local-consumer.ts';
import { openQueueStore } from './local/queue-store.ts';
import { createStoredDeadLetters, createStoredQueues } from './local/stored-queues.ts';
import { queueName } from './queue-name.ts';

export interface InMemoryEventBusOptions {
  /** Buses of one process with the same name hear each other, across threads. */
  readonly name: string;
  /** Told when a handler throws. `event` is undefined when it is the bus that has failed. */
  readonly onHandlerError: (thrown: unknown, event: ProcosEvent | undefined) => void;
}

export interface KeptEventBusOptions extends InMemoryEventBusOptions {
  /** Where queues and dead letters are kept; buses of one name name the same file. Made where it is not there. */
  readonly file: string;
}

interface View {
  readonly pattern: string;
  readonly handler: EventHandler;
}

/**
 * Event bus of one Node process, its apps in threads of their own. Queues and dead letters live as long as one bus of that
 * name does; one that is alone and closes takes what was not handled with it.
 */
export function createInMemoryEventBus(options: InMemoryEventBusOptions): EventBus {
  return createLocalEventBus({ ...options, file: undefined });
}

/**
 * As {@link createInMemoryEventBus}, with queues and dead letters that survive the process, however it ends. A file that
 * is damaged is kept beside a new one, and `onHandlerError` says so.
 *
 * @throws Error of `node:sqlite` when the file cannot be opened
 */
export function createKeptEventBus(options: KeptEventBusOptions): EventBus {
  return createLocalEventBus(options);
}

function createLocalEventBus({
  name,
  file,
  onHandlerError,
}: InMemoryEventBusOptions & { readonly file: string | undefined }): EventBus {
  const store = openQueueStore({ name, file, onDamage: (fault) => onHandlerError(fault, undefined) });
  const queues = createStoredQueues(store);
  const holder = createHolder((thrown) => onHandlerError(thrown, undefined));
  const views = new Set<View>();
  const consumers = new Set<LocalConsumer>();
  let closed = false;
  const refuseWhenClosed = () => {
    if (closed) throw new NotConnectedError('the event bus is closed');
  };
  const wake = (ready: readonly string[]) => {
    for (const consumer of consumers) if (ready.includes(consumer.queue)) consumer.wake();
  };
  const channel = openLocalChannel(name, (message) => {
    if (message.kind === 'ready') return wake([message.queue]);
    for (const view of views) void show(view, message.event, onHandlerError);
    wake(message.queues);
  });
  const onReady = (queue: string) => channel.say({ kind: 'ready', queue });
  return {
    publish: async (given) => {
      refuseWhenClosed();
      const event = checkEvent(given);
      channel.say({ kind: 'published', event, queues: kept(() => queues.put(event), event) });
    },
    subscribe: async (pattern, handler) => {
      refuseWhenClosed();
      const view = { pattern, handler };
      views.add(view);
      return async () => void views.delete(view);
    },
    consume: async (pattern, handler, wanted = {}) => {
      refuseWhenClosed();
      const { queue = queueName(pattern) } = wanted;
      queues.declare(queue, pattern);
      const leaderName = `procos.events/${name}/${queue}`;
      const consumer = startLocalConsumer({
        queue,
        handler,
        wanted,
        queues,
        holder,
        leaderName,
        onHandlerError,
        onReady,
      });
      consumers.add(consumer);
      return async () => {
        await consumer.stop();
        consumers.delete(consumer);
      };
    },
    deadLetters: createStoredDeadLetters(store, onReady),
    awayBecause: () => (closed ? 'the event bus is closed' : undefined),
    broker: () => undefined,
    close: async () => {
      if (closed) return;
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      closed = true;
      views.clear();
      channel.close();
      holder.close();
      store.close();
    },
  };
}

function kept<Result>(put: () => Result, { type }: ProcosEvent): Result {
  try {
    return put();
  } catch (thrown) {
    throw new EventNotKeptError(type, thrown);
  }
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
