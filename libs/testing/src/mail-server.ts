import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ParsedMail } from 'mailparser';
import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server';

/** A mail that the server took. */
export interface ReceivedMail {
  readonly from: string;
  /** The recipients of the envelope, those of bcc too. */
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly user: string | undefined;
  /** As it came over the wire. */
  readonly raw: string;
  readonly parsed: ParsedMail;
}

/** What a server says no to, and how: a status, with text behind it. */
export interface MailServerRules {
  readonly connect?: () => string | undefined;
  readonly sender?: (address: string) => string | undefined;
  readonly recipient?: (address: string) => string | undefined;
  readonly message?: () => string | undefined;
}

export interface MailServerOptions extends MailServerRules {
  /** @default no TLS */
  readonly tls?: { readonly mode: 'starttls' | 'implicit'; readonly key: string; readonly cert: string };
  /** The only user that may send. @default everybody may */
  readonly user?: { readonly name: string; readonly password: string };
  /** Largest mail in bytes. */
  readonly maxBytes?: number;
}

export interface MailServer extends AsyncDisposable {
  readonly port: number;
  readonly received: ReceivedMail[];
  /** Connections made so far. */
  connections(): number;
}

/** A real mail server on loopback that keeps what it is given. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  // Loaded here: most tests need no mail.
  const [{ SMTPServer }, { simpleParser }] = await Promise.all([import('smtp-server'), import('mailparser')]);
  const received: ReceivedMail[] = [];
  let connections = 0;
  const server = new SMTPServer({
    ...serverOptions(options),
    onConnect: (_session, done) => {
      connections++;
      done(refusal(options.connect?.()));
    },
    onMailFrom: ({ address }, _session, done) => done(refusal(options.sender?.(address))),
    onRcptTo: ({ address }, _session, done) => done(refusal(options.recipient?.(address))),
    onData: (stream, session, done) => {
      const take = async () => {
        const bytes = Buffer.concat((await stream.toArray()) as Buffer[]);
        const fault = refusal(options.message?.());
        if (fault === null)
          received.push({ ...envelopeOf(session), raw: bytes.toString('utf8'), parsed: await simpleParser(bytes) });
        return fault;
      };
      void take().then(done, done);
    },
  });
  // A client that breaks off is a scene of a test, not a fault of the server.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    received,
    connections: () => connections,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)),
  };
}

function serverOptions({ tls, user, maxBytes }: MailServerOptions): SMTPServerOptions {
  return {
    logger: false,
    hideSMTPUTF8: false,
    disableReverseLookup: true,
    closeTimeout: 100,
    secure: tls?.mode === 'implicit',
    authOptional: user === undefined,
    allowInsecureAuth: true,
    disabledCommands: [...(tls?.mode === 'starttls' ? [] : ['STARTTLS']), ...(user === undefined ? ['AUTH'] : [])],
    ...(tls === undefined ? {} : { key: tls.key, cert: tls.cert }),
    ...(maxBytes === undefined ? {} : { size: maxBytes }),
    onAuth: ({ username, password }, _session, done) => {
      const known = username === user?.name && password === user?.password;
      done(known ? null : refusal('535 5.7.8 wrong user or password'), known ? { user: username } : undefined);
    },
  };
}

function envelopeOf({
  envelope,
  secure,
  user,
}: SMTPServerSession): Pick<ReceivedMail, 'from' | 'to' | 'secure' | 'user'> {
  return {
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
    secure,
    user: typeof user === 'string' ? user : undefined,
  };
}

function refusal(answer: string | undefined): (Error & { responseCode: number }) | null {
  if (answer === undefined) return null;
  const [, status = '550', text = ''] = /^(\d{3}) (.*)$/.exec(answer) ?? [];
  return Object.assign(new Error(text), { responseCode: Number(status) });
}
