import { messageOf } from '@procos/errors';
import type { Metrics } from '@procos/telemetry';
import type { HistoryEvent } from './history-event.ts';

/** What the outbox says of itself. */
export interface OutboxState {
  published(event: HistoryEvent): void;
  /** A commit was this late, in milliseconds. */
  late(lateMs: number): void;
  /** A reading has gone well. */
  went(): void;
  failed(thrown: unknown): void;
  /** For `/readyz`. */
  details(): Readonly<Record<string, unknown>>;
  isWell(): boolean;
}

export function createOutboxState(metrics: Metrics): OutboxState {
  const published = metrics.counter('procos_events_told_total', 'Events of the engine that the bus has confirmed.');
  const late = metrics.histogram(
    'procos_events_late_seconds',
    'How far behind the newest event one was found, because it was committed later.',
    [],
    [0.05, 0.2, 1, 5, 30],
  );
  const failures = metrics.counter(
    'procos_events_readings_failed_total',
    'Readings that failed: engine, broker or directory were away.',
  );
  const instances = metrics.counter(
    'procos_process_instances_total',
    'Process instances: how many have started, completed, failed, were terminated. A bridge that crashes may count some twice.',
    ['process_key', 'status'],
  );
  let newest: string | undefined;
  let fault: string | undefined;
  return {
    published: ({ event, kind }) => {
      published.inc();
      newest = event.time;
      if (kind === 'process_started' || kind === 'process_ended')
        instances.inc({ process_key: String(event.data['processKey']), status: event.type.split('.').at(-1) ?? '' });
    },
    late: (lateMs) => late.observe(lateMs / 1_000),
    went: () => (fault = undefined),
    failed: (thrown) => {
      failures.inc();
      fault = messageOf(thrown);
    },
    details: () => ({
      ...(newest === undefined ? {} : { newest_event: newest }),
      ...(fault === undefined ? {} : { waits_for: fault }),
    }),
    isWell: () => fault === undefined,
  };
}
