import { Secret } from '@procos/config';
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

/** Reads `{"NAME": {"host": "api.example.com", "value": "…"}}`. @throws Error that holds no value */
export function parseSecrets(text: string): Secrets {
  const given = JSON.parse(text) as Readonly<Record<string, { readonly host?: unknown; readonly value?: unknown }>>;
  return new Map(
    Object.entries(given).map(([key, { host, value }]) => {
      if (!name.test(key) || typeof host !== 'string' || typeof value !== 'string') throw new TypeError('needs a host and a value for each name');
      registerSecret(value);
      return [key, { host: host.toLowerCase(), value: new Secret(value) }];
    }),
  );
}

/**
 * Puts the secrets in place of their references `secret://NAME`, each only for its own host and never in clear text over a network.
 *
 * @throws TerminalError for a name that is not known, or another host
 */
export function revealSecrets(headers: Readonly<Record<string, string>>, url: URL, secrets: Secrets): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replaceAll(reference, (_, secret: string) => reveal(secret, url, secrets))]),
  );
}

function reveal(name: string, url: URL, secrets: Secrets): string {
  const secret = secrets.get(name);
  if (secret === undefined) throw new TerminalError(`The secret ${name} is not known to this worker; PROCOS_SECRETS names those that are.`);
  if (secret.host !== url.hostname) throw new TerminalError(`The secret ${name} may not be sent to ${url.hostname}.`);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !isLocal) throw new TerminalError(`The secret ${name} may only be sent by https.`);
  return secret.value.reveal();
}

/** True when any value refers to a secret. */
export function hasSecretReferences(headers: Readonly<Record<string, string>>): boolean {
  return Object.values(headers).some((value) => value.search(reference) >= 0);
}
