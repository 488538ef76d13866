import { Secret, SecretFault } from '@procos/config';
import { TerminalError } from '@procos/errors';
import { registerSecret } from '@procos/logging';

/** A secret that models may use by name, and the only host it may be sent to. */
export interface NamedSecret {
  readonly host: string;
  readonly value: Secret;
}
export type Secrets = ReadonlyMap<string, NamedSecret>;

const name = /^[A-Za-z_][A-Za-z0-9_]*$/;
const reference = /secret:\/\/([A-Za-z_][A-Za-z0-9_]*)/g;

/** Shorter ones could not be taken out of an answer without taking ordinary words with them. */
const shortestSecret = 8;

/** Reads `{"NAME": {"host": "api.example.com", "value": "…"}}`. @throws Error that holds no value */
export function parseSecrets(text: string): Secrets {
  const given = JSON.parse(text) as Readonly<Record<string, { readonly host?: unknown; readonly value?: unknown }>>;
  return new Map(
    Object.entries(given).map(([key, { host, value }]) => {
      if (!name.test(key) || typeof host !== 'string' || typeof value !== 'string')
        throw new TypeError('needs a host and a value for each name');
      demandUsable(key, value);
      for (const form of formsOf(value)) registerSecret(form);
      return [key, { host: host.toLowerCase(), value: new Secret(value) }];
    }),
  );
}

function demandUsable(key: string, value: string): void {
  if (value.length < shortestSecret)
    throw new SecretFault(`is wrong in ${key}: its value must have at least ${shortestSecret} characters`);
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  if (/[\u0000-\u001f\u007f]/.test(value))
    throw new SecretFault(`is wrong in ${key}: its value must have no control characters`);
}

/** A secret as a server may write it when it repeats what it was sent. */
function formsOf(value: string): readonly string[] {
  const inJson = JSON.stringify(value).slice(1, -1);
  return [
    value,
    inJson,
    inJson.replaceAll('/', '\\/'),
    encodeURIComponent(value.toWellFormed()),
    Buffer.from(value, 'utf8').toString('latin1'),
  ];
}

/**
 * Puts the secrets in place of their references `secret://NAME`, each only for its own host and never in clear text over a network.
 *
 * @throws TerminalError for a name that is not known, or another host
 */
export function revealSecrets(
  headers: Readonly<Record<string, string>>,
  url: URL,
  secrets: Secrets,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replaceAll(reference, (_, secret: string) => reveal(secret, url, secrets)),
    ]),
  );
}

function reveal(name: string, url: URL, secrets: Secrets): string {
  const secret = secrets.get(name);
  if (secret === undefined)
    throw new TerminalError(`The secret ${name} is not known to this worker; PROCOS_SECRETS names those that are.`);
  if (secret.host !== url.hostname) throw new TerminalError(`The secret ${name} may not be sent to ${url.hostname}.`);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !isLocal) throw new TerminalError(`The secret ${name} may only be sent by https.`);
  return secret.value.reveal();
}

/** True when any value refers to a secret. */
export function hasSecretReferences(headers: Readonly<Record<string, string>>): boolean {
  return Object.values(headers).some((value) => value.search(reference) >= 0);
}
