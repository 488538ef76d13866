import { matchesRoutingKey, type ProcosEvent } from '@procos/contracts';
import { checkEvent } from './check-event.ts';
import { EventNotKeptError, NotConnectedError } from './errors.ts';
import type { EventBus, EventHandler, Unsubscribe } from './event-bus.ts';
import { createHolder } from './local/holder.ts';
import { type LocalChannel, openLocalChannel } from './local/local-channel.ts';
import {
  type LocalConsumer,
  type LocalConsumerOptions,
  neverLost,
  startLocalConsumer,
} from './local/local-consumer.ts';
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

interface LocalEventBusOptions extends InMemoryEventBusOptions {
  /** undefined = memory of this process */
  readonly file: string | undefined;
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

function createLocalEventBus({ name, file, onHandlerError }: LocalEventBusOptions): EventBus {
  const onFault = (thrown: unknown) => onHandlerError(thrown, undefined);
  const store = openQueueStore({ name, file, onDamage: onFault });
  const queues = createStoredQueues(store);
  const holder = createHolder(onFault);
  const views = createViews(onHandlerError);
  const consumers = new Set<LocalConsumer>();
  const channel = listen(name, views, consumers);
  const onReady = (queue: string) => channel.say({ kind: 'ready', queue });
  let closed = false;
  const refuseWhenClosed = () => {
    if (closed) throw new NotConnectedError('the event bus is closed');
  };
  return {
    publish: async (given) => {
      refuseWhenClosed();
      const event = checkEvent(given);
      channel.say({ kind: 'published', event, queues: kept(() => queues.put(event), event) });
    },
    subscribe: async (pattern, handler) => {
      refuseWhenClosed();
      return views.add({ pattern, handler });
    },
    consume: async (pattern, handler, wanted = {}) => {
      refuseWhenClosed();
      const { queue = queueName(pattern) } = wanted;
      queues.declare(queue, pattern);
      return run(consumers, name, { queue, handler, wanted, queues, holder, onHandlerError, onReady });
    },
    deadLetters: createStoredDeadLetters(store, onReady),
    awayBecause: () => (closed ? 'the event bus is closed' : undefined),
    broker: () => undefined,
    close: async () => {
      if (closed) return;
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      closed = true;
      for (const part of [views, channel, holder, store]) part.close();
    },
  };
}

/** What other buses of the name say, and this one itself. */
function listen(name: string, views: Views, consumers: ReadonlySet<LocalConsumer>): LocalChannel {
  const wake = (ready: readonly string[]) => {
    for (const consumer of consumers) if (ready.includes(consumer.queue)) consumer.wake();
  };
  return openLocalChannel(name, (message) => {
    if (message.kind === 'ready') return wake([message.queue]);
    views.show(message.event);
    wake(message.queues);
  });
}

function run(
  consumers: Set<LocalConsumer>,
  busName: string,
  options: Omit<LocalConsumerOptions, 'leaderName'>,
): Unsubscribe {
  const consumer = startLocalConsumer({ ...options, leaderName: `procos.events/${busName}/${options.queue}` });
  consumers.add(consumer);
  return async () => {
    await consumer.stop();
    consumers.delete(consumer);
  };
}

type Views = ReturnType<typeof createViews>;

function createViews(onHandlerError: InMemoryEventBusOptions['onHandlerError']) {
  const views = new Set<View>();
  return {
    add: (view: View): Unsubscribe => {
      views.add(view);
      return async () => void views.delete(view);
    },
    show: (event: ProcosEvent): void => {
      for (const view of views) void show(view, event, onHandlerError);
    },
    close: (): void => views.clear(),
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
