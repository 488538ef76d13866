import { integer } from '@procos/config';
import { defaultPorts } from '@procos/contracts';
import { engineFields, serviceFields, workerFields } from '@procos/service-kit';

export const portVariable = 'PROCOS_SYSTEM_WORKER_PORT';

/** Settings of the system worker. */
export const systemWorkerFields = {
  ...serviceFields({ portVariable, port: defaultPorts['system-worker'] }),
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
} as const;
