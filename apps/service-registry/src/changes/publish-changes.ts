import { setTimeout as delay } from 'node:timers/promises';
import { type EventBus, notBeyond } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import {
  type Candidate,
  createCandidate,
  type Leadership,
  type ServiceDirectory,
  type Term,
} from '@procos/service-directory';
import { changesSince, nothingPublished, servicesNow, type PublishedServices } from './service-changes.ts';

export interface ChangePublisherOptions {
  readonly directory: Pick<ServiceDirectory, 'list'>;
  readonly eventBus: Pick<EventBus, 'publish'>;
  /** Of several registries one publishes. */
  readonly leadership: Leadership;
  readonly logger: Logger;
  /** Time between two looks, in milliseconds. */
  readonly intervalMs: number;
}

/** Publishes which services come, go, and do not answer. What was published is kept with the lead: the next one goes on there. */
export function createChangePublisher(options: ChangePublisherOptions): Candidate {
  const { leadership, logger, intervalMs } = options;
  return createCandidate({
    leadership,
    restMs: intervalMs,
    serve: (term, stopped) => publishWhile(term, options, AbortSignal.any([stopped, term.lost])),
    // Directory or broker are away: nothing was marked as published.
    onFault: (error) => logger.warn('service_changes_wait', { error }),
    onFailure: (error) => logger.error('service_changes_failed', { error }),
  });
}

/** What has begun may still take this long when the registry stops, in milliseconds; the next one publishes the rest. */
const lastPublishMs = 1_000;

async function publishWhile(term: Term, options: ChangePublisherOptions, over: AbortSignal): Promise<void> {
  let published = parsePublished(await term.read());
  while (!over.aborted) {
    try {
      published = await notBeyond(publishOnce(term, published, options), over, lastPublishMs);
    } catch (thrown) {
      if (over.aborted) return;
      throw thrown;
    }
    await delay(options.intervalMs, undefined, { signal: over }).catch(() => undefined);
  }
}

async function publishOnce(
  term: Term,
  published: PublishedServices,
  { directory, eventBus }: ChangePublisherOptions,
): Promise<PublishedServices> {
  const [all, healthy] = await Promise.all([directory.list(), directory.list({ healthyOnly: true })]);
  const services = servicesNow(all, new Set(healthy.map(({ service_id: id }) => id)));
  const events = changesSince(published, services);
  if (events.length === 0) return published;
  await term.confirm();
  for (const event of events) await eventBus.publish(event);
  const next = { turn: published.turn + 1, services };
  await term.write(JSON.stringify(next));
  return next;
}

function parsePublished(text: string | undefined): PublishedServices {
  return text === undefined ? nothingPublished : (JSON.parse(text) as PublishedServices);
}
