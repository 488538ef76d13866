import { createHash } from 'node:crypto';

/**
 * The Message-ID of a mail: the same for every attempt at the same task, so that a mail that arrives twice can be told
 * by it. Source: RFC 5322, 3.6.4.
 *
 * @param domain of the sender, who answers for its being unique
 */
export function messageIdOf(idempotencyKey: string, domain: string): string {
  return `<${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 40)}@${domain}>`;
}
