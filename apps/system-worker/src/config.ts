import { integer } from '@procos/config';
import { engineFields, serviceFields, workerFields } from '@procos/service-kit';

/** Settings of the system worker. */
export const systemWorkerFields = {
  ...serviceFields({ name: 'system-worker', port: 8093 }),
  ...engineFields(),
  ...workerFields(),
  checkTimeoutMs: integer('PROCOS_CHECK_TIMEOUT_MS', {
    default: 5_000,
    min: 10,
    max: 60_000,
    doc: 'How long a service may take to answer a health check, in milliseconds.',
  }),
  settleTimeoutMs: integer('PROCOS_SETTLE_TIMEOUT_MS', {
    default: 20_000,
    min: 100,
    max: 600_000,
    doc: 'How long services may take to become ready after a start or restart, in milliseconds.',
  }),
  incidentDelayMs: integer('PROCOS_INCIDENT_RECOVERY_DELAY', {
    default: 60_000,
    min: 0,
    max: 86_400_000,
    doc: 'Age from which an open incident is handed to procos_error_recovery, in milliseconds: an outage that outlived all tries needs time to pass.',
  }),
} as const;
