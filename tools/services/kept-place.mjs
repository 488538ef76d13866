// The folder of a service that is started again and again, and its ports: RabbitMQ's state belongs to its port.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from './free-port.mjs';

const numberOfPorts = { rabbitmq: 4, postgres: 1, consul: 6 };

/**
 * @param {string} parent folder of all services
 * @param {keyof numberOfPorts} name
 * @returns {Promise<{folder: string, ports: number[]}>} the ports of the last start, free ones the first time
 */
export async function keptPlace(parent, name) {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'ports.json');
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(await freePorts(numberOfPorts[name])));
  return { folder, ports: JSON.parse(readFileSync(file, 'utf8')) };
}
