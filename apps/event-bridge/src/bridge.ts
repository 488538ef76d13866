import type { EngineClient } from '@procos/engine-client';
import type { EventBus } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import {
  type Candidate,
  createCandidate,
  type Leadership,
  LeadershipLostError,
  type Term,
} from '@procos/service-directory';
import { createHandledEvents, type HandledEvents } from './inbound/handled-events.ts';
import { carryInbound } from './inbound/inbox.ts';
import { publishHistory } from './outbound/outbox.ts';
import type { OutboxOptions } from './outbound/outbox.ts';

export interface BridgeOptions {
  readonly engine: EngineClient;
  readonly eventBus: EventBus;
  readonly leadership: Leadership;
  readonly logger: Logger;
  /** Makes what one term needs: nothing is carried over from an earlier one. */
  readonly outbox: () => OutboxOptions;
}

/** Between two terms, in milliseconds. */
const restMs = 500;

/** Carries events between engine and bus while this copy leads. */
export function createBridge(options: BridgeOptions): Candidate {
  const { leadership, logger } = options;
  const handled = createHandledEvents();
  return createCandidate({
    leadership,
    restMs,
    serve: (term, stopped) => serve(options, handled, term, stopped),
    onLead: () => logger.info('event_bridge_leads'),
    onFault: (error) => logger.warn('event_bridge_leads_no_more', { error }),
    onFailure: (error) => logger.error('event_bridge_failed', { error }),
  });
}

/** Both directions until the term is over or this copy stops; when one direction fails, the other ends too. */
async function serve(
  { engine, eventBus, logger, outbox }: BridgeOptions,
  handled: HandledEvents,
  term: Term,
  stopped: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const over = AbortSignal.any([stopped, term.lost, failed.signal]);
  const both = [
    publishHistory(outbox(), term, AbortSignal.any([stopped, failed.signal])),
    carryInbound({ engine, eventBus, logger, handled }, over),
  ];
  for (const one of both) one.catch((thrown: unknown) => failed.abort(thrown));
  const results = await Promise.allSettled(both);
  const fault = results.find((one) => one.status === 'rejected');
  if (fault !== undefined && !stopped.aborted) throw fault.reason;
  if (term.lost.aborted) throw new LeadershipLostError();
}
