import { setTimeout as delay } from 'node:timers/promises';
import type { EngineClient } from '@procos/engine-client';
import type { EventBus } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import { type Leadership, LeadershipLostError, type Term } from '@procos/service-directory';
import { carryInbound } from './inbound/inbox.ts';
import { tellHistory } from './outbound/outbox.ts';
import type { OutboxOptions } from './outbound/outbox.ts';

export interface BridgeOptions {
  readonly engine: EngineClient;
  readonly eventBus: EventBus;
  readonly leadership: Leadership;
  readonly logger: Logger;
  /** Makes what one term needs: nothing is carried over from an earlier one. */
  readonly outbox: () => OutboxOptions;
}

/** Carries events between engine and bus while this copy leads. */
export interface Bridge {
  start(): void;
  stop(): Promise<void>;
  isLeading(): boolean;
}

/** Between two terms, in milliseconds. */
const restMs = 500;

export function createBridge(options: BridgeOptions): Bridge {
  const { leadership, logger } = options;
  const stopped = new AbortController();
  let leading = false;
  let running: Promise<void> | undefined;

  const run = async () => {
    while (!stopped.signal.aborted) {
      const term = await leadership.lead(stopped.signal);
      leading = true;
      logger.info('event_bridge_leads');
      try {
        await serve(options, term, stopped.signal);
      } catch (error) {
        logger.warn('event_bridge_leads_no_more', { error });
      } finally {
        leading = false;
        await term.resign();
      }
      // What has failed at once would fail at once again.
      await delay(restMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  };
  return {
    start: () => {
      running = run().catch((error: unknown) => {
        if (!stopped.signal.aborted) logger.error('event_bridge_failed', { error });
      });
    },
    stop: async () => {
      stopped.abort(new Error('The event bridge stops'));
      await running;
      await leadership.close();
    },
    isLeading: () => leading,
  };
}

/** Both directions until the term is over or this copy stops; when one direction fails, the other ends too. */
async function serve({ engine, eventBus, logger, outbox }: BridgeOptions, term: Term, stopped: AbortSignal): Promise<void> {
  const failed = new AbortController();
  const over = AbortSignal.any([stopped, term.lost, failed.signal]);
  const both = [tellHistory(outbox(), term, AbortSignal.any([stopped, failed.signal])), carryInbound(engine, eventBus, logger, over)];
  for (const one of both) one.catch((thrown: unknown) => failed.abort(thrown));
  const results = await Promise.allSettled(both);
  const fault = results.find((one) => one.status === 'rejected');
  if (fault !== undefined && !stopped.aborted) throw fault.reason;
  if (term.lost.aborted) throw new LeadershipLostError();
}
