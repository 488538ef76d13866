// The real services, started from what the machine has.
import { startConsul } from './consul.mjs';
import { startPostgres } from './postgres.mjs';
import { startRabbitMq } from './rabbitmq.mjs';
import { useRunning } from './running-already.mjs';

export { startConsul } from './consul.mjs';
export { startPostgres } from './postgres.mjs';
export { startRabbitMq } from './rabbitmq.mjs';
export { ServiceStartError } from './service-error.mjs';

const starters = { rabbitmq: startRabbitMq, postgres: startPostgres, consul: startConsul };

export const serviceNames = Object.keys(starters);

/** Takes the one that runs already where an address is given, and starts one otherwise. */
export async function startService(name, options) {
  return (await useRunning(name)) ?? starters[name](options);
}
