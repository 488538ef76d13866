// As much of PostgreSQL's protocol as it takes to get in, to learn the version of the server, and to send it a statement.
import { connect } from 'node:net';
import { type ScramProof, scramProof } from './postgres-scram.ts';

export interface PostgresAddress {
  /** @default 127.0.0.1 */
  readonly host?: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
}

interface Session {
  readonly proof: ScramProof;
  version: string;
  readonly left: string[];
}

/** Thrown when PostgreSQL refuses. */
export class PostgresError extends Error {
  override name = 'PostgresError';
  /** Its SQLSTATE, when the server gave one. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** @returns undefined while it lets nobody in */
export async function askPostgresVersion(to: PostgresAddress): Promise<string | undefined> {
  try {
    return await postgresSession(to);
  } catch {
    // Not listening yet, starting up, or not ours: the caller looks at the process and the clock.
    return undefined;
  }
}

/**
 * Gets in, by password where the server asks for one, and runs the statements one after the other.
 *
 * @returns version of the server
 * @throws PostgresError when the server refuses, and the error of the connection
 */
export function postgresSession(
  { host = '127.0.0.1', port, user, password = '', database }: PostgresAddress,
  statements: readonly string[] = [],
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 3_000 });
    const session: Session = { proof: scramProof(password), version: '', left: [...statements] };
    const settle = (done: () => void) => {
      socket.destroy();
      done();
    };
    let received: Buffer = Buffer.alloc(0);
    socket.once('connect', () => socket.write(startupMessage({ user, database })));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      try {
        for (let length = messageLength(received); length !== undefined; length = messageLength(received)) {
          const answer = answerTo(String.fromCharCode(received[0] ?? 0), received.subarray(5, length), session);
          received = received.subarray(length);
          if (answer === 'done') return settle(() => resolve(session.version));
          if (answer !== undefined) socket.write(answer);
        }
      } catch (error) {
        settle(() => reject(error instanceof Error ? error : new PostgresError(String(error))));
      }
    });
    socket.once('timeout', () => settle(() => reject(new PostgresError('PostgreSQL does not answer'))));
    socket.once('error', reject).once('close', () => reject(new PostgresError('PostgreSQL closed the connection')));
  });
}

/** R asks who we are, S tells a parameter, Z that statements are welcome, E an error. */
function answerTo(kind: string, body: Buffer, session: Session): Buffer | 'done' | undefined {
  if (kind === 'R') return answerToAuthentication(body.readInt32BE(0), body.subarray(4), session.proof);
  if (kind === 'S' && body.toString().startsWith('server_version\0'))
    session.version = body.toString().split('\0')[1] ?? '';
  if (kind === 'E') {
    const fields = new Map(
      body
        .toString()
        .split('\0')
        .map((field) => [field[0], field.slice(1)]),
    );
    throw new PostgresError(`PostgreSQL refuses: ${fields.get('M')} (${fields.get('C')})`, fields.get('C'));
  }
  if (kind !== 'Z') return undefined;
  const next = session.left.shift();
  return next === undefined ? 'done' : message('Q', Buffer.from(`${next}\0`));
}

function answerToAuthentication(step: number, body: Buffer, proof: ScramProof): Buffer | undefined {
  if (step === 0) return undefined;
  if (step === 10) {
    const first = Buffer.from(proof.first);
    const length = Buffer.alloc(4);
    length.writeInt32BE(first.length);
    return message('p', Buffer.concat([Buffer.from('SCRAM-SHA-256\0'), length, first]));
  }
  if (step === 11) return message('p', Buffer.from(proof.answer(body.toString())));
  if (step === 12 && proof.check(body.toString())) return undefined;
  throw new PostgresError(
    step === 12
      ? 'this PostgreSQL does not know the password'
      : `PostgreSQL asks for a way to get in that is not spoken here (${step}): use scram-sha-256`,
  );
}

/** Length of the first message once it is whole: a letter, then a length that counts itself. */
function messageLength(bytes: Buffer): number | undefined {
  if (bytes.length < 5) return undefined;
  const length = 1 + bytes.readInt32BE(1);
  return bytes.length < length ? undefined : length;
}

/** StartupMessage: length, protocol 3.0, then names and values, each ended by a zero byte. */
function startupMessage(parameters: Readonly<Record<string, string>>): Buffer {
  const words = Buffer.from(
    `${Object.entries(parameters)
      .map(([name, value]) => `${name}\0${value}\0`)
      .join('')}\0`,
  );
  const head = Buffer.alloc(8);
  head.writeInt32BE(words.length + 8, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, words]);
}

function message(kind: string, body: Buffer): Buffer {
  const head = Buffer.from(`${kind}\0\0\0\0`);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
