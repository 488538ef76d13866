// The real services, started from what the machine has.
import { startConsul } from './consul.mjs';
import { startJaeger } from './jaeger.mjs';
import { startPostgres } from './postgres.mjs';
import { startPrometheus } from './prometheus.mjs';
import { startRabbitMq } from './rabbitmq.mjs';
import { useRunning } from './running-already.mjs';

export { startConsul } from './consul.mjs';
export { startJaeger } from './jaeger.mjs';
export { startPostgres } from './postgres.mjs';
export { startPrometheus } from './prometheus.mjs';
export { startRabbitMq } from './rabbitmq.mjs';
export { ServiceStartError } from './service-error.mjs';

const starters = {
  rabbitmq: startRabbitMq,
  postgres: startPostgres,
  consul: startConsul,
  prometheus: startPrometheus,
  jaeger: startJaeger,
};

export const serviceNames = Object.keys(starters);

/** Takes the one that runs already where an address is given, and starts one otherwise. */
export async function startService(name, options) {
  return (await useRunning(name)) ?? starters[name](options);
}

/** Starts one of its own, whatever runs already: it may be ended and started again. */
export async function startOwnService(name, options) {
  return starters[name](options);
}
