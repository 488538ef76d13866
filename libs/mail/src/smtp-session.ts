import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SMTPConnectionOptions, SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import type { Secret } from '@procos/config';
import { RetryableError, TerminalError } from '@procos/errors';
import type { TlsMode } from './mail-fields.ts';
import { mailRefused } from './mail-refusal.ts';

/** How to reach a mail server. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  readonly user: string | undefined;
  readonly password: Secret | undefined;
  /** How long the server may be silent, in milliseconds. */
  readonly timeoutMs: number;
  /** Certificates that are trusted instead of those of Node, in PEM. @default those of Node */
  readonly ca?: string;
}

export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Hands one message to a mail server, on a connection of its own. When `signal` is aborted the connection is cut.
 *
 * @throws what the connection fails with (see `asMailOutcome`), RetryableError when aborted, TerminalError when a
 * password would cross a network in clear text, BpmnError EMAIL_REFUSED for addresses that the server has no letters for
 */
export async function sendOverSmtp(
  server: SmtpServer,
  envelope: Envelope,
  message: Buffer,
  signal: AbortSignal,
): Promise<SMTPConnectionSendInfo> {
  // Loaded at the first mail: most workers send none.
  const { default: Connection } = await import('nodemailer/lib/smtp-connection');
  const connection = new Connection(connectionOptions(server));
  const ended = endOf(connection, signal);
  // Whoever waits for a step hears of the end through it; between two steps nobody waits.
  ended.catch(() => undefined);
  const step = <Result>(run: (done: (fault?: Error | null, result?: Result) => void) => void) =>
    Promise.race([
      ended,
      new Promise<Result>((resolve, reject) =>
        run((fault, result) => (fault ? reject(fault) : resolve(result as Result))),
      ),
    ]);
  try {
    await step<void>((done) => connection.connect(done));
    if (server.user !== undefined) {
      if (!connection.secure && !loopback.has(server.host))
        throw new TerminalError(
          'The password of the mail server is not sent without TLS: set SMTP_TLS to starttls or implicit.',
        );
      await step<boolean>((done) =>
        connection.login({ user: server.user, pass: server.password?.reveal() ?? '' }, done),
      );
    }
    checkLetters(connection, server, envelope);
    const info = await step<SMTPConnectionSendInfo>((done) =>
      connection.send({ from: envelope.from, to: [...envelope.to], size: message.length }, message, done),
    );
    connection.quit();
    return info;
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
}

/** A server that does not know such letters would be sent them raw, and refuse, or lose them. Source: RFC 6531, 3.2. */
function checkLetters(connection: SMTPConnection, { host, port }: SmtpServer, { from, to }: Envelope): void {
  const { _supportedExtensions: extensions = [] } = connection as unknown as {
    readonly _supportedExtensions?: readonly string[];
  };
  if (extensions.includes('SMTPUTF8')) return;
  const beyond = [from, ...to].filter((address) => /[^\p{ASCII}]/u.test(address));
  if (beyond.length === 0) return;
  const reason = `has letters beyond ASCII before the @, which the mail server ${host}:${port} does not take (no SMTPUTF8): write an address of ASCII letters`;
  throw mailRefused(
    `The mail was refused: ${beyond.map((address) => `${JSON.stringify(address)} ${reason}`).join('; ')}.`,
    beyond.map((email) => ({ email, reason })),
  );
}

/** Rejects when the connection breaks, is closed, or the caller gives up. */
function endOf(connection: SMTPConnection, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const giveUp = () => {
      reject(new RetryableError('Sending the mail was given up before the mail server had taken it'));
      connection.close();
    };
    connection.on('error', reject);
    connection.once('end', () => {
      signal.removeEventListener('abort', giveUp);
      // What is wrong is told a moment after the end, when it is known.
      setImmediate(() => reject(new Error('Connection closed unexpectedly')));
    });
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}

function connectionOptions({ host, port, tls, timeoutMs, ca }: SmtpServer): SMTPConnectionOptions {
  return {
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    opportunisticTLS: tls === 'opportunistic',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    allowInternalNetworkInterfaces: true,
    ...(ca === undefined ? {} : { tls: { ca } }),
  };
}
