import { Resolver } from 'node:dns/promises';
import { messageOf, RetryableError } from '@procos/errors';

/** What is asked of the DNS; `Resolver` of Node in use, a double in tests. */
export interface MailResolver {
  resolveMx(domain: string): Promise<readonly { readonly exchange: string }[]>;
  resolve4(domain: string): Promise<readonly string[]>;
  resolve6(domain: string): Promise<readonly string[]>;
  /** Gives up all open questions. */
  cancel?(): void;
}

/** The DNS of this machine. @param timeoutMs for one question, in milliseconds */
export function systemResolver(timeoutMs: number): MailResolver {
  return new Resolver({ timeout: timeoutMs, tries: 1 });
}

const nothingThere = new Set(['ENODATA', 'ENOTFOUND', 'EBADNAME', 'EBADQUERY']);

/**
 * Whether a domain takes mail: it names a mail server, or has an address. Source: RFC 5321, 5.1; RFC 7505 for the
 * record that says "no mail".
 *
 * @throws RetryableError when the DNS gives no answer
 */
export async function takesMail(domain: string, resolver: MailResolver): Promise<boolean> {
  const servers = await answerOf(() => resolver.resolveMx(domain), domain);
  if (servers.length > 0) return servers.some(({ exchange }) => exchange !== '' && exchange !== '.');
  const addresses = await Promise.all([
    answerOf(() => resolver.resolve4(domain), domain),
    answerOf(() => resolver.resolve6(domain), domain),
  ]);
  return addresses.flat().length > 0;
}

async function answerOf<Item>(ask: () => Promise<readonly Item[]>, domain: string): Promise<readonly Item[]> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && nothingThere.has(String(thrown.code))) return [];
    throw new RetryableError(`The DNS does not say whether ${domain} takes mail: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
}
