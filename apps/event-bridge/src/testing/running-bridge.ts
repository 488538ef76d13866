import { readConfig } from '@procos/config';
import type { EngineClient } from '@procos/engine-client';
import type { EventBus } from '@procos/event-bus';
import { silentLogger } from '@procos/logging';
import { createInMemoryLeadership, type Leadership, type Term } from '@procos/service-directory';
import type { App } from '@procos/service-kit';
import { createApp } from '../app.ts';
import { eventBridgeFields } from '../config.ts';
import { inboundQueues } from '../inbound/inbox.ts';

/** Where a bridge is killed: before or after one of the things it does. */
export interface Death {
  readonly at: 'publish' | 'cursor';
  readonly when: 'before' | 'after';
  /** At the how-manyth time, from 1. */
  readonly turn: number;
}

export interface RunningBridge {
  readonly app: App;
  /** Resolves when it was killed. */
  readonly died: Promise<void>;
}

export interface BridgeParts {
  readonly engine: EngineClient;
  readonly eventBus: EventBus;
  /** Keeps the cursor from one bridge to the next. */
  readonly cursorFile: string;
  readonly death?: Death;
}

/** A bridge that can be killed: from then on nothing it does has any effect, and nothing it waits for ever comes. */
export async function startBridge({ engine, eventBus, cursorFile, death }: BridgeParts): Promise<RunningBridge> {
  const died = Promise.withResolvers<void>();
  let dead = false;
  const turns = { publish: 0, cursor: 0 };
  const mortal = async <Result>(at: Death['at'], act: () => Promise<Result>): Promise<Result> => {
    const mine = (turns[at] += 1) === death?.turn && death.at === at ? death.when : undefined;
    if (mine === 'before') die();
    if (dead) return new Promise(() => undefined);
    const result = await act();
    if (mine === 'after') die();
    return dead ? new Promise(() => undefined) : result;
  };
  const die = () => {
    dead = true;
    died.resolve();
  };
  const opened = Promise.withResolvers<void>();
  let queues = 0;
  const bus: EventBus = {
    ...eventBus,
    publish: (event) => mortal('publish', () => eventBus.publish(event)),
    consume: async (...given) => {
      const stop = await eventBus.consume(...given);
      if ((queues += 1) === inboundQueues.length) opened.resolve();
      return stop;
    },
  };
  const leadership = mortalTerms(createInMemoryLeadership({ name: crypto.randomUUID(), file: cursorFile }), (write) =>
    mortal('cursor', write),
  );
  const config = readConfig(eventBridgeFields, {
    PROCOS_EVENT_BRIDGE_PORT: '0',
    PROCOS_EVENT_POLL_MS: '50',
    PROCOS_EVENT_FROM: 'now',
    PROCOS_EVENT_WINDOW_MS: '5000',
  });
  const app = createApp(config, { logger: silentLogger, eventBus: bus, leadership, engine });
  await app.start();
  // What is published before there has been a queue for it reaches nobody.
  await Promise.race([opened.promise, died.promise]);
  return { app, died: died.promise };
}

function mortalTerms(leadership: Leadership, mortal: (write: () => Promise<void>) => Promise<void>): Leadership {
  const withMortalWrite = (term: Term): Term => ({ ...term, write: (value) => mortal(() => term.write(value)) });
  return { ...leadership, lead: async (signal) => withMortalWrite(await leadership.lead(signal)) };
}
