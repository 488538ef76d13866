// Passes everything on to the engine and counts the requests.
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

export interface CountingProxy {
  /** Where the client under measurement sends its requests. */
  readonly baseUrl: string;
  count(): number;
  close(): Promise<void>;
}

/** @param baseUrl of the engine's REST API */
export async function openCountingProxy(baseUrl: string): Promise<CountingProxy> {
  const target = new URL(baseUrl);
  const agent = new Agent({ keepAlive: true });
  let count = 0;
  const server = createServer((incoming, outgoing) => {
    count += 1;
    const { method, url, headers } = incoming;
    const onward = request(
      { host: target.hostname, port: target.port, agent, method, path: url, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        pipeline(answer, outgoing, () => undefined);
      },
    );
    // A long poll that its client gave up is given up here too; any other fault is the client's to see.
    outgoing.once('close', () => onward.destroy());
    onward.once('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${target.pathname}`,
    count: () => count,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      agent.destroy();
    },
  };
}
