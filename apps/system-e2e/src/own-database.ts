import { connect } from 'node:net';

/** A PostgreSQL server that lets us in without a password. */
export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** One that exists already: commands are sent to it. */
  readonly database: string;
}

const alreadyThere = '42P04';

/**
 * Makes a database of this name; one that is there already is left alone. Speaks as much of PostgreSQL's protocol as
 * this takes: StartupMessage, ReadyForQuery (Z), Query, ErrorResponse (E).
 *
 * @throws Error when the server refuses
 */
export function makeDatabase({ host, port, user, database }: DatabaseServer, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 10_000 });
    const settle = (fault?: Error) => {
      socket.destroy();
      if (fault === undefined) resolve();
      else reject(fault);
    };
    let received = Buffer.alloc(0);
    let asked = false;
    socket.once('connect', () => socket.write(startupMessage(user, database)));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      for (let length = messageLength(received); length !== undefined; length = messageLength(received)) {
        const kind = String.fromCharCode(received[0] ?? 0);
        const body = received.subarray(5, length).toString();
        received = received.subarray(length);
        if (kind === 'E') return settle(body.includes(alreadyThere) ? undefined : new Error(`PostgreSQL refuses: ${body.replaceAll('\0', ' ')}`));
        if (kind !== 'Z') continue;
        if (asked) return settle();
        asked = true;
        socket.write(queryMessage(`CREATE DATABASE "${name}"`));
      }
    });
    socket.once('timeout', () => settle(new Error('PostgreSQL does not answer')));
    socket.once('error', settle);
  });
}

/** Length of the first message once it is whole: a letter, then a length that counts itself. */
function messageLength(bytes: Buffer): number | undefined {
  if (bytes.length < 5) return undefined;
  const length = 1 + bytes.readInt32BE(1);
  return bytes.length < length ? undefined : length;
}

function startupMessage(user: string, database: string): Buffer {
  const words = Buffer.from(`user\0${user}\0database\0${database}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(words.length + 8, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, words]);
}

function queryMessage(text: string): Buffer {
  const words = Buffer.from(`${text}\0`);
  const head = Buffer.from('Q\0\0\0\0');
  head.writeInt32BE(words.length + 4, 1);
  return Buffer.concat([head, words]);
}
