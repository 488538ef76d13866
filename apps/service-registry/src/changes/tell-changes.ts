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
import { changesSince, nothingTold, servicesNow, type ToldServices } from './service-changes.ts';

export interface ChangeTellerOptions {
  readonly directory: Pick<ServiceDirectory, 'list'>;
  readonly eventBus: Pick<EventBus, 'publish'>;
  /** Of several registries one tells. */
  readonly leadership: Leadership;
  readonly logger: Logger;
  /** Time between two looks, in milliseconds. */
  readonly intervalMs: number;
}

/** Tells as events which services come, go, and do not answer. What was told is kept with the lead: the next one goes on there. */
export function createChangeTeller(options: ChangeTellerOptions): Candidate {
  const { leadership, logger, intervalMs } = options;
  return createCandidate({
    leadership,
    restMs: intervalMs,
    serve: (term, stopped) => tellWhile(term, options, AbortSignal.any([stopped, term.lost])),
    // Directory or broker are away: nothing was marked as told.
    onFault: (error) => logger.warn('service_changes_wait', { error }),
    onFailure: (error) => logger.error('service_changes_failed', { error }),
  });
}

/** What has begun may still take this long when the registry stops, in milliseconds; the next one tells the rest. */
const lastTellingMs = 1_000;

async function tellWhile(term: Term, options: ChangeTellerOptions, over: AbortSignal): Promise<void> {
  let told = parseTold(await term.read());
  while (!over.aborted) {
    try {
      told = await notBeyond(tellOnce(term, told, options), over, lastTellingMs);
    } catch (thrown) {
      if (over.aborted) return;
      throw thrown;
    }
    await delay(options.intervalMs, undefined, { signal: over }).catch(() => undefined);
  }
}

async function tellOnce(
  term: Term,
  told: ToldServices,
  { directory, eventBus }: ChangeTellerOptions,
): Promise<ToldServices> {
  const [all, healthy] = await Promise.all([directory.list(), directory.list({ healthyOnly: true })]);
  const services = servicesNow(all, new Set(healthy.map(({ service_id: id }) => id)));
  const events = changesSince(told, services);
  if (events.length === 0) return told;
  await term.confirm();
  for (const event of events) await eventBus.publish(event);
  const next = { turn: told.turn + 1, services };
  await term.write(JSON.stringify(next));
  return next;
}

function parseTold(text: string | undefined): ToldServices {
  return text === undefined ? nothingTold : (JSON.parse(text) as ToldServices);
}
