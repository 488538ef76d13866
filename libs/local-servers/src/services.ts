// The real services, started from what the machine has.
import { startConsul } from './consul.ts';
import { startJaeger } from './jaeger.ts';
import { startPostgres } from './postgres.ts';
import { startPrometheus } from './prometheus.ts';
import { startRabbitMq } from './rabbitmq.ts';
import { useRunning } from './running-already.ts';
import type { ConsulOptions, PrometheusOptions, RunningService, ServiceName } from './running-service.ts';

/** Options of all services: each takes what concerns it. */
export type AnyServiceOptions = ConsulOptions & PrometheusOptions;

const starters: Readonly<Record<ServiceName, (options?: AnyServiceOptions) => Promise<RunningService>>> = {
  rabbitmq: startRabbitMq,
  postgres: startPostgres,
  consul: startConsul,
  prometheus: startPrometheus,
  jaeger: startJaeger,
};

export const serviceNames = Object.keys(starters) as readonly ServiceName[];

/**
 * The one of that name that runs already and is named by `PROCOS_TEST_RABBITMQ_URL` and the like; else one that is started
 * from what the machine has: container engine, system package, published Go module.
 *
 * @throws ServiceStartError when it cannot be had on this machine, or does not come up
 */
export async function startService(name: ServiceName, options?: AnyServiceOptions): Promise<RunningService> {
  return (await useRunning(name)) ?? starters[name](options);
}

/** Starts one of its own, whatever runs already: it may be ended and started again. @throws ServiceStartError */
export async function startOwnService(name: ServiceName, options?: AnyServiceOptions): Promise<RunningService> {
  return starters[name](options);
}
