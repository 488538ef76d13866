import type { EngineClient } from '@procos/engine-client';
import { type EventBus, queueName } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import { correlateMessage } from './correlate-message.ts';
import type { HandledEvents } from './handled-events.ts';
import { inboundHandler, type InboundWork } from './inbound-handler.ts';
import { createProcessStarter } from './start-process.ts';

const patterns = { message: 'message.#', start: 'start.#' } as const;

/** The queues of what the engine is told, each with its dead letters. */
export const inboundQueues: readonly string[] = Object.values(patterns).map(queueName);

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
  const stops = [];
  try {
    for (const kind of ['message', 'start'] as const) {
      stops.push(await eventBus.consume(patterns[kind], inboundHandler(work[kind], handled, logger, signal)));
    }
    await new Promise<void>((resolve) =>
      signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
    );
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
}
