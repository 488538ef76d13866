import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { caseFile, caseNames } from './case-files.ts';

/** A request as it came. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export interface RawServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly seen: readonly RawRequest[];
}

interface Rule {
  readonly path: string;
  readonly file?: string;
  readonly contains?: string;
  readonly set?: string;
  readonly echo?: boolean;
}

/**
 * Serves the answers of `libs/testing/cases/{http,ai}` byte for byte: `/name` is `name.raw`, unless a rule of `rules.json`
 * fits first. Each connection carries one exchange.
 *
 * @param set picks the rules with that `set`, or answers everything else with the file of that name
 */
export async function startRawServer(folder: 'ai' | 'http', set?: string): Promise<RawServer> {
  const names = caseNames(folder);
  const rules = JSON.parse(caseFile(folder, 'rules.json').toString()) as readonly Rule[];
  const seen: RawRequest[] = [];
  const answerTo = (request: RawRequest): Buffer => {
    const rule = rules.find(
      (one) => (one.set ?? set) === set && one.path === request.path && request.body.includes(one.contains ?? ''),
    );
    if (rule?.echo === true) return answered(JSON.stringify(request));
    const file =
      rule?.file ??
      (names.includes(`${set}.raw`) ? `${set}.raw` : `${request.path.split('?')[0]?.split('/').at(-1)}.raw`);
    return names.includes(file)
      ? caseFile(folder, file)
      : Buffer.from('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  };
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // A client that hangs up has seen enough.
    socket.on('error', () => socket.destroy());
    onRequest(socket, (request) => {
      seen.push(request);
      socket.end(answerTo(request));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const socket of open) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${port}`, port, seen, [Symbol.asyncDispose]: close };
}

function answered(json: string): Buffer {
  return Buffer.from(
    `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(json)}\r\nConnection: close\r\n\r\n${json}`,
  );
}

function onRequest(socket: Socket, receive: (request: RawRequest) => void): void {
  let bytes = Buffer.alloc(0);
  let isWhole = false;
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    const end = bytes.indexOf('\r\n\r\n');
    if (isWhole || end === -1) return;
    const head = bytes.subarray(0, end).toString('latin1');
    const body = bytes.subarray(end + 4);
    const length = Number(/^content-length:\s*(\d+)/im.exec(head)?.[1] ?? 0);
    const isChunked = /^transfer-encoding:.*chunked/im.test(head);
    if (body.length < length || (isChunked && !body.toString('latin1').endsWith('0\r\n\r\n'))) return;
    isWhole = true;
    const [method = '', path = ''] = head.split(' ', 2);
    receive({ method, path, body: body.toString() });
  });
}
