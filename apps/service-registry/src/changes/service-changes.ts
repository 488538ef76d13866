import { createHash } from 'node:crypto';
import { makeEvent, type ProcosEvent, type ServiceRecord } from '@procos/contracts';

export type ServiceOutcome = 'registered' | 'deregistered' | 'unhealthy';

/** A copy as it was published last. */
export interface PublishedService {
  readonly name: string;
  readonly endpoint: string;
  readonly healthy: boolean;
}

/** What was published so far. */
export interface PublishedServices {
  /** Number of the next publication: a repetition of it has the same event ids. */
  readonly turn: number;
  readonly services: Readonly<Record<string, PublishedService>>;
}

export const nothingPublished: PublishedServices = { turn: 0, services: {} };

/** @param records all that are known @param healthy ids of those that are healthy */
export function servicesNow(
  records: readonly ServiceRecord[],
  healthy: ReadonlySet<string>,
): PublishedServices['services'] {
  return Object.fromEntries(
    records.map(({ service_id: id, service_name: name, endpoint }) => [
      id,
      { name, endpoint, healthy: healthy.has(id) },
    ]),
  );
}

/**
 * What has become of services: who has come or is well again, who has gone, who does not answer.
 *
 * @returns events whose ids are the same whenever the same turn is published
 */
export function changesSince(
  { turn, services: before }: PublishedServices,
  now: PublishedServices['services'],
): readonly ProcosEvent[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return ids.flatMap((id) =>
    outcomesOf(before[id], now[id]).map(({ outcome, service }) => changeEvent(id, outcome, service, turn)),
  );
}

interface Change {
  readonly outcome: ServiceOutcome;
  readonly service: PublishedService;
}

function outcomesOf(before: PublishedService | undefined, now: PublishedService | undefined): readonly Change[] {
  if (now === undefined) return before === undefined ? [] : [{ outcome: 'deregistered', service: before }];
  const moved = before !== undefined && before.endpoint !== now.endpoint;
  const came = before === undefined || moved || (now.healthy && !before.healthy);
  return [
    ...(came ? [{ outcome: 'registered', service: now } as const] : []),
    ...(!now.healthy && (before === undefined || moved || before.healthy)
      ? [{ outcome: 'unhealthy', service: now } as const]
      : []),
  ];
}

function changeEvent(
  id: string,
  outcome: ServiceOutcome,
  { name, endpoint }: PublishedService,
  turn: number,
): ProcosEvent {
  return makeEvent({
    id: createHash('sha256').update(`${turn}:${outcome}:${id}`).digest('hex').slice(0, 32),
    source: '/service-registry',
    // A dot separates the words of a type.
    type: `service.${name.replaceAll('.', '_').slice(0, 80)}.${outcome}`,
    subject: name,
    data: { service_id: id, service_name: name, endpoint },
  });
}
