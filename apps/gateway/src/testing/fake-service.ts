import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceRecord } from '@procos/contracts';

export interface FakeService {
  readonly record: ServiceRecord;
  stop(): Promise<void>;
}

/** A service that answers its health check with the given report; `undefined` = it never answers. */
export async function fakeService(name: string, report: object | undefined, status = 200): Promise<FakeService> {
  const server = createServer((_request, response) => {
    if (report !== undefined)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(report));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    record: {
      service_id: `${name}-1`,
      service_name: name,
      version: '1.0.0',
      endpoint,
      health_check_url: `${endpoint}/readyz`,
      tags: [],
      metadata: {},
      last_heartbeat: new Date(0).toISOString(),
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
