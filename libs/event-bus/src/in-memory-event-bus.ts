import { BroadcastChannel } from 'node:worker_threads';
import { matchesRoutingKey, type ProcosEvent } from '@procos/contracts';
import type { EventBus, EventHandler } from './event-bus.ts';

export interface InMemoryEventBusOptions {
  /** Buses of one process with the same name hear each other, across threads. */
  readonly name: string;
  /** Told when a handler throws. */
  readonly onHandlerError: (thrown: unknown, event: ProcosEvent) => void;
}

/** Event bus of the embedded mode: one Node process, apps in threads of their own. */
export function createInMemoryEventBus(options: InMemoryEventBusOptions): EventBus {
  const channel = new BroadcastChannel(`procos.events/${options.name}`);
  const subscriptions = new Set<{ pattern: string; handler: EventHandler }>();

  const deliver = (event: ProcosEvent) => {
    for (const { pattern, handler } of subscriptions) {
      if (matchesRoutingKey(pattern, event.type)) void handle(handler, event);
    }
  };
  const handle = async (handler: EventHandler, event: ProcosEvent) => {
    try {
      await handler(event);
    } catch (thrown) {
      options.onHandlerError(thrown, event);
    }
  };
  channel.onmessage = (message) => deliver((message as { data: ProcosEvent }).data);
  // The bus alone keeps no process alive.
  channel.unref();

  return {
    publish: async (event) => {
      channel.postMessage(event);
      // A channel does not hear itself; subscribers of this thread do.
      deliver(event);
    },
    subscribe: async (pattern, handler) => {
      const subscription = { pattern, handler };
      subscriptions.add(subscription);
      return async () => void subscriptions.delete(subscription);
    },
    close: async () => {
      subscriptions.clear();
      channel.close();
    },
  };
}
