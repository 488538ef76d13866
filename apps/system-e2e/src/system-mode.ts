import { createHash } from 'node:crypto';
import { beforeEach, inject } from 'vitest';
import type { MissingService, ServiceUnderTest } from '@procos/testing';
import { makeDatabase } from './own-database.ts';

/** How systems are launched: all apps in one process, or each in its own on real services. Set by the configuration of the run. */
export const isDistributed = process.env['PROCOS_E2E_MODE'] === 'distributed';

/** Options of `procos up` that choose the mode. */
export const modeOptions: readonly string[] = isDistributed ? ['--distributed'] : [];

/**
 * The broker and the database of one system on the shared servers: a virtual host and a database of its own, the same
 * whenever its data folder is the same. A directory serves one system: each starts its own.
 */
export async function servicesOf(dataDir: string): Promise<Readonly<Record<string, string>>> {
  if (!isDistributed) return {};
  const name = `procos_${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  const services = inject('services');
  const broker = given(services.rabbitmq);
  const database = given(services.postgres);
  const { user = '', password = '' } = database;
  const server = new URL(database.url);
  await Promise.all([
    makeVirtualHost(broker, name),
    makeDatabase(
      { host: server.hostname, port: Number(server.port) || 5432, user, password, database: server.pathname.slice(1) },
      name,
    ),
  ]);
  return {
    RABBITMQ_URL: new URL(`/${name}`, broker.url).href,
    CAMUNDA_DB_URL: `jdbc:postgresql://${server.host}/${name}`,
    CAMUNDA_DB_USER: user,
    CAMUNDA_DB_PASSWORD: password,
  };
}

/** Why systems cannot run in this mode on this machine; `undefined` when they can. A `beforeAll` that launches one asks first. */
export function missingService(): string | undefined {
  if (!isDistributed) return undefined;
  const { rabbitmq, postgres } = inject('services');
  return [rabbitmq, postgres]
    .map((service) => ('missing' in service ? service.missing : undefined))
    .find((reason) => reason !== undefined);
}

// In every file that launches systems.
beforeEach((context) => {
  const reason = missingService();
  if (reason !== undefined) context.skip(reason);
});

function given(service: ServiceUnderTest | MissingService): ServiceUnderTest {
  if ('missing' in service) throw new Error(service.missing);
  return service;
}

/** Over the management API of RabbitMQ. */
async function makeVirtualHost(
  { user = '', password = '', managementUrl = '' }: ServiceUnderTest,
  name: string,
): Promise<void> {
  const headers = {
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    'content-type': 'application/json',
  };
  const put = async (path: string, body: object) => {
    const { status } = await fetch(`${managementUrl}/api/${path}`, {
      method: 'PUT',
      headers,
      body: JSON.stringify(body),
    });
    if (status >= 300) throw new Error(`RabbitMQ answered ${status} to PUT ${path}`);
  };
  await put(`vhosts/${name}`, {});
  await put(`permissions/${name}/${encodeURIComponent(user)}`, { configure: '.*', write: '.*', read: '.*' });
}
