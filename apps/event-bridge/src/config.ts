import { choice, integer, optional, text } from '@procos/config';
import { engineFields, serviceFields } from '@procos/service-kit';

/** Settings of the service. */
export const eventBridgeFields = {
  ...serviceFields({ name: 'event-bridge', port: 8092 }),
  ...engineFields(),
  pollMs: integer('PROCOS_EVENT_POLL_MS', {
    default: 250,
    min: 10,
    max: 60_000,
    doc: 'Time from one reading of the history to the next, in milliseconds; up to four times as long while nothing happens or the engine is busy.',
  }),
  windowMs: integer('PROCOS_EVENT_WINDOW_MS', {
    default: 30_000,
    min: 1_000,
    max: 3_600_000,
    doc: 'How late a transaction of the engine may be committed after its steps were done, in milliseconds; also how far apart the clocks of several engines may be.',
  }),
  from: choice('PROCOS_EVENT_FROM', ['beginning', 'now'], {
    default: 'beginning',
    doc: 'What the very first start publishes: the whole history, or what happens from then on.',
  }),
  cursorFile: optional(
    text('PROCOS_EVENT_CURSOR_FILE', {
      doc: 'File that keeps how far the history was published, where no Consul is named.',
    }),
  ),
  leaderTtlMs: integer('PROCOS_EVENT_LEADER_TTL_MS', {
    default: 10_000,
    min: 10_000,
    max: 600_000,
    doc: 'How long a copy that has died keeps the lead, in milliseconds; Consul may take up to twice that.',
  }),
} as const;
