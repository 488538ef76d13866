// The folder of a service that is started again and again, and its ports: RabbitMQ's state belongs to its port.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, takenPort } from './free-port.ts';
import type { ServiceName } from './running-service.ts';
import { ServiceStartError } from './service-error.ts';

const numberOfPorts: Readonly<Record<ServiceName, number>> = {
  rabbitmq: 4,
  postgres: 1,
  consul: 6,
  prometheus: 1,
  jaeger: 4,
};

/**
 * The folder and the ports of a service that is started again and again: those of the last start; free ports the first time,
 * and where somebody else has one of them now.
 *
 * @param parent folder of all services
 * @param options `again`: whoever uses it knows its ports already, so that they stay whoever has them now
 * @throws ServiceStartError when somebody has a port that the state belongs to
 */
export async function keptPlace(
  parent: string,
  name: ServiceName,
  { again = false }: { readonly again?: boolean } = {},
): Promise<{ readonly folder: string; readonly ports: readonly number[] }> {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'ports.json');
  const last = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly number[]) : undefined;
  const taken = last === undefined || again ? undefined : await takenPort(last);
  if (last !== undefined && taken === undefined) return { folder, ports: last };
  if (taken !== undefined && name === 'rabbitmq') throw portIsTaken(name, taken, folder);
  const ports = await freePorts(numberOfPorts[name]);
  writeFileSync(file, JSON.stringify(ports));
  return { folder, ports };
}

function portIsTaken(name: ServiceName, port: number, folder: string): ServiceStartError {
  return new ServiceStartError(
    name,
    `Port ${port} of 127.0.0.1 is taken, and the state of ${name} in ${folder} belongs to its ports. Either it runs still or another program has the port: end that one, or remove the folder to begin with an empty ${name}.`,
  );
}
