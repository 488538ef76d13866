import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As much of a Consul as a service needs to announce itself. */
export interface FakeConsul extends AsyncDisposable {
  readonly url: string;
  /** What a service has registered; waits for it, no longer than 20 s. */
  registration(name: string): Promise<unknown>;
}

export async function startFakeConsul(): Promise<FakeConsul> {
  const registered = new EventTarget();
  const records = new Map<string, unknown>();
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      if (request.url?.startsWith('/v1/agent/service/register') === true) {
        const record = JSON.parse(Buffer.concat(chunks as Buffer[]).toString('utf8')) as { readonly Name: string };
        records.set(record.Name, record);
        registered.dispatchEvent(new Event(record.Name));
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    registration: async (name) => {
      if (!records.has(name)) await once(registered, name, { signal: AbortSignal.timeout(20_000) });
      return records.get(name);
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
