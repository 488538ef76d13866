import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { canReach } from './reach-server.ts';

it('a port is reached while somebody listens there', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const before = await canReach('127.0.0.1', port, 1_000);
  server.close();
  await once(server, 'close');

  expect([before, await canReach('127.0.0.1', port, 1_000)]).toEqual([true, false]);
});
