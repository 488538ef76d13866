import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { createGatewayClient } from './gateway-client.ts';

it('says where the address of the gateway came from when something else answers there', async () => {
  const server = createServer((_, response) => void response.end('{"state": "fine"}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

  try {
    await expect(createGatewayClient({ url, origin: '--url' }).getStatus()).rejects.toMatchObject({
      code: 'PROCOS_CLI_NOT_A_GATEWAY',
      message: expect.stringMatching(
        /\(--url\) is not the gateway .* getStatus is not what its document says/,
      ) as string,
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
