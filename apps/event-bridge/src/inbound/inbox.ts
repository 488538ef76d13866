import type { ProcosEvent } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { type EventBus, queueName } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import { correlateMessage } from './correlate-message.ts';
import { inboundHandler } from './inbound-handler.ts';
import { createProcessStarter } from './start-process.ts';

const patterns = { message: 'message.#', start: 'start.#' } as const;

/** The queues of what the engine is told, each with its dead letters. */
export const inboundQueues: readonly string[] = Object.values(patterns).map(queueName);

/** Carries events to the engine until the signal is aborted. @returns resolves when no event is in work any more */
export async function carryInbound(engine: EngineClient, eventBus: Pick<EventBus, 'consume'>, logger: Logger, signal: AbortSignal): Promise<void> {
  const work = { message: (event: ProcosEvent) => correlateMessage(engine, event), start: createProcessStarter(engine) };
  const stops = [];
  try {
    for (const kind of ['message', 'start'] as const) {
      stops.push(await eventBus.consume(patterns[kind], inboundHandler(work[kind], logger, signal)));
    }
    await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
}
