import { connect } from 'node:net';

/**
 * Opens an AMQP 0-9-1 connection just far enough to be told who is there: the server's first frame names its version.
 * RabbitMQ listens only once it has booted.
 *
 * @returns undefined while nobody answers
 */
export function askRabbitMqVersion({
  host = '127.0.0.1',
  port,
}: {
  readonly host?: string;
  readonly port: number;
}): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 });
    let received: Buffer = Buffer.alloc(0);
    const settle = (version: string | undefined) => {
      socket.destroy();
      resolve(version);
    };
    socket.once('connect', () => socket.write(Buffer.from('AMQP\x00\x00\x09\x01', 'latin1')));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const version = versionIn(received);
      if (version !== undefined) settle(version);
    });
    socket
      .once('timeout', () => settle(undefined))
      .once('error', () => settle(undefined))
      .once('close', () => resolve(undefined));
  });
}

/** A table entry is the length of its name, the name, `S` for a long string, its length in four bytes, and the text. */
function versionIn(bytes: Buffer): string | undefined {
  const name = Buffer.from('\x07versionS', 'latin1');
  const at = bytes.indexOf(name);
  if (at < 0 || bytes.length < at + name.length + 4) return undefined;
  const start = at + name.length + 4;
  const end = start + bytes.readUInt32BE(at + name.length);
  return bytes.length < end ? undefined : bytes.subarray(start, end).toString();
}
