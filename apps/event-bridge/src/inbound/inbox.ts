import type { EngineClient } from '@procos/engine-client';
import { type EventBus, notBeyond, queueName, type Unsubscribe } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import { correlateMessage } from './correlate-message.ts';
import type { HandledEvents } from './handled-events.ts';
import { inboundHandler, type InboundWork } from './inbound-handler.ts';
import { createProcessStarter } from './start-process.ts';

const patterns = { message: 'message.#', start: 'start.#' } as const;

/** The queues of what is handed to the engine, each with its dead letters. */
export const inboundQueues: readonly string[] = Object.values(patterns).map(queueName);

/** How long the broker may still take to hand out a queue once this is to stop, in milliseconds. */
const lastOpeningMs = 1_000;

export interface InboxOptions {
  readonly engine: EngineClient;
  readonly eventBus: Pick<EventBus, 'consume'>;
  readonly logger: Logger;
  /** Lives longer than one term: an event that was done in the term before is not done again. */
  readonly handled: HandledEvents;
}

/** Carries events to the engine until the signal is aborted. @returns resolves when no event is in work any more */
export async function carryInbound(
  { engine, eventBus, logger, handled }: InboxOptions,
  signal: AbortSignal,
): Promise<void> {
  const work: Record<keyof typeof patterns, InboundWork> = {
    message: (event, mayBeDone) => correlateMessage(engine, event, mayBeDone),
    start: createProcessStarter(engine),
  };
  // Side by side: what is published once the first is open finds the other one, too.
  const openings = (['message', 'start'] as const).map((kind) =>
    orEnded(eventBus.consume(patterns[kind], inboundHandler(work[kind], handled, logger, signal)), signal),
  );
  const opened = await Promise.allSettled(openings);
  const stops = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  try {
    // The first reason that there is.
    await Promise.all(openings);
    await new Promise<void>((resolve) =>
      signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
    );
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
}

/** Whoever stops does not wait for a broker that is away. @throws what the bus throws, and the reason of the signal */
async function orEnded(opening: Promise<Unsubscribe>, signal: AbortSignal): Promise<Unsubscribe> {
  try {
    return await notBeyond(opening, signal, lastOpeningMs);
  } catch (thrown) {
    // Opened after all, nobody would end it; what failed is said by what is thrown here.
    opening.then((stop) => stop()).catch(() => undefined);
    throw thrown;
  }
}
