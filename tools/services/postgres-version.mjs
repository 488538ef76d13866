// As much of PostgreSQL's protocol as it takes to learn that a server takes connections, and which version it is.
import { connect } from 'node:net';

/**
 * @param {{host?: string, port: number, user: string, database: string}} to
 * @returns {Promise<string | undefined>} undefined while it takes no connections
 */
export function askPostgresVersion({ host = '127.0.0.1', port, user, database }) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 });
    let received = Buffer.alloc(0);
    const settle = (version) => {
      socket.destroy();
      resolve(version);
    };
    socket.once('connect', () => socket.write(startupMessage({ user, database })));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const { version, ready, refused } = read(received);
      if (ready) settle(version);
      else if (refused) settle(undefined);
    });
    socket.once('timeout', () => settle(undefined)).once('error', () => settle(undefined)).once('close', () => resolve(undefined));
  });
}

/** StartupMessage: length, protocol 3.0, then names and values, each ended by a zero byte. */
function startupMessage(parameters) {
  const words = `${Object.entries(parameters).map(([name, value]) => `${name}\0${value}\0`).join('')}\0`;
  const message = Buffer.alloc(8 + Buffer.byteLength(words));
  message.writeInt32BE(message.length, 0);
  message.writeInt32BE(196_608, 4);
  message.write(words, 8);
  return message;
}

/** Messages are a letter, a length and a body: S tells a parameter, Z that queries are welcome, E an error. */
function read(bytes) {
  const seen = { version: undefined, ready: false, refused: false };
  for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
    const kind = String.fromCharCode(bytes[at]);
    const body = bytes.subarray(at + 5, at + 1 + bytes.readInt32BE(at + 1)).toString();
    if (kind === 'S' && body.startsWith('server_version\0')) seen.version = body.split('\0')[1];
    seen.ready ||= kind === 'Z';
    seen.refused ||= kind === 'E';
  }
  return seen;
}
