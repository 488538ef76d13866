import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server was asked. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly bytes: Buffer;
  /** The address of this machine that the client connected to. */
  readonly localAddress: string | undefined;
}

export interface LocalServer extends AsyncDisposable {
  readonly port: number;
  readonly seen: SeenRequest[];
}

/** A real HTTP server on loopback that notes what it is asked. */
export async function localServer(answer: RequestListener, host = '127.0.0.1'): Promise<LocalServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers, socket } = request;
      const bytes = Buffer.concat(chunks);
      seen.push({ method, url, headers, body: bytes.toString('utf8'), bytes, localAddress: socket.localAddress });
      answer(request, response);
    });
  });
  server.listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
