import { setTimeout as delay } from 'node:timers/promises';
import type { ProcosEvent } from '@procos/contracts';
import {
  EngineRequestError,
  EngineUnreachableError,
  isMessageMismatch,
  isTransactionConflict,
} from '@procos/engine-client';
import { type EventHandler, RejectEventError } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import type { HandledEvents } from './handled-events.ts';

/** Pause between two attempts while the engine is away, in milliseconds. */
const awayPauseMs = 1_000;

/** Does for the engine what an event wants. `mayBeDone`: an earlier attempt may have been carried out, and its answer lost. */
export type InboundWork = (event: ProcosEvent, mayBeDone: boolean) => Promise<void>;

/**
 * Makes a handler of events for the engine. While the engine is away an event waits; what the engine refuses for good is
 * parked; what it may accept a moment later is tried again by the bus, and parked when that was no use.
 *
 * The event is let go when its channel is lost: then the bus hands it out again.
 *
 * @param signal aborted when this copy stops or does not lead any more: the event goes back to its queue
 */
export function inboundHandler(
  work: InboundWork,
  handled: HandledEvents,
  logger: Logger,
  signal: AbortSignal,
): EventHandler {
  return async (event, { signal: lost, isRepetition }) => {
    const over = AbortSignal.any([signal, lost]);
    for (let mayBeDone = isRepetition; ; mayBeDone = true) {
      over.throwIfAborted();
      try {
        return await handled.once(event, () => {
          over.throwIfAborted();
          return work(event, mayBeDone);
        });
      } catch (thrown) {
        over.throwIfAborted();
        if (!isAway(thrown))
          throw refusedForGood(thrown) ? new RejectEventError(thrown.engineMessage, { cause: thrown }) : thrown;
        logger.warn('inbound_event_waits', { id: event.id, type: event.type, error: thrown });
        await delay(awayPauseMs, undefined, { signal: over });
      }
    }
  };
}

function isAway(thrown: unknown): boolean {
  return (
    thrown instanceof EngineUnreachableError ||
    (thrown instanceof EngineRequestError && [429, 502, 503].includes(thrown.status))
  );
}

/** A message for which nobody waits yet may be waited for in a moment; 404 and 400 of anything else stay what they are. */
function refusedForGood(thrown: unknown): thrown is EngineRequestError {
  return (
    thrown instanceof EngineRequestError &&
    thrown.status < 500 &&
    !isMessageMismatch(thrown) &&
    !isTransactionConflict(thrown)
  );
}
