import { setTimeout as delay } from 'node:timers/promises';
import type { ProcosEvent } from '@procos/contracts';
import { problemOf, RejectEventError } from '../errors.ts';
import { type ConsumeSettings, consumeSettings } from '../consume-settings.ts';
import type { ConsumeOptions, DeadLetter, EventHandler } from '../event-bus.ts';
import { retryDelay } from '../retry-delay.ts';
import type { Entry } from './queued-events.ts';

export interface MemoryConsumer extends ConsumeSettings {
  readonly handler: EventHandler;
  readonly atWork: Set<Promise<void>>;
  readonly stopping: AbortController;
}

export function createMemoryConsumer(handler: EventHandler, options: ConsumeOptions): MemoryConsumer {
  return { ...consumeSettings(options), handler, atWork: new Set(), stopping: new AbortController() };
}

/** Resolves when nothing is at work any more. */
export async function stopConsumer({ stopping, atWork }: MemoryConsumer): Promise<void> {
  stopping.abort();
  await Promise.all(atWork);
}

/** The one with least to do, among those that have room; where events are ordered, the first one has them. */
export function idlest(consumers: Iterable<MemoryConsumer>): MemoryConsumer | undefined {
  const all = [...consumers];
  const free = (all[0]?.ordered === true ? all.slice(0, 1) : all).filter(
    ({ atWork, prefetch }) => atWork.size < prefetch,
  );
  return free.toSorted((a, b) => a.atWork.size - b.atWork.size)[0];
}

/** How an event stands after a handler had it: `again` when it shall be handed out once more. */
export type Outcome = 'done' | 'again' | Death;

/** Why it will not be handed out again. */
export type Death = Pick<DeadLetter, 'reason' | 'problem'>;

/** A queue in memory takes an event from nobody. */
export const neverLost = new AbortController();

export async function handle(
  { event, deliveries }: Entry,
  { handler, deliveryLimit, retryDelayMs, stopping }: MemoryConsumer,
  onHandlerError: (thrown: unknown, event: ProcosEvent) => void,
): Promise<Outcome> {
  try {
    await handler(event, { signal: neverLost.signal, isRepetition: deliveries > 1 });
    return 'done';
  } catch (thrown) {
    onHandlerError(thrown, event);
    if (thrown instanceof RejectEventError) return { reason: 'rejected', problem: problemOf(thrown) };
    if (deliveries >= deliveryLimit) return { reason: 'delivery_limit', problem: problemOf(thrown) };
    // Ended early when the consumer stops: then somebody else has it sooner.
    await delay(retryDelay(retryDelayMs, deliveries), undefined, { signal: stopping.signal }).catch(() => undefined);
    return 'again';
  }
}
