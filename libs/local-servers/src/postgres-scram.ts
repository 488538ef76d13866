// SCRAM-SHA-256 (RFC 7677) as PostgreSQL wants it: both sides prove that they know the password, and neither tells it.
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

const hmac = (key: string | Buffer, text: string | Buffer) => createHmac('sha256', key).update(text).digest();

export interface ScramProof {
  readonly first: string;
  answer(challenge: string): string;
  /** Whether the server knows the password too. */
  check(final: string): boolean;
}

/** One proof: `first` is sent, what the server answers goes through `answer`, and what it says at last through `check`. */
export function scramProof(password: string): ScramProof {
  const own = `n=,r=${randomBytes(18).toString('base64')}`;
  let expected: Buffer | undefined;
  return {
    first: `n,,${own}`,
    answer(challenge) {
      const { r: nonce = '', s: salt = '', i: rounds } = fieldsOf(challenge);
      const bare = `c=biws,r=${nonce}`;
      const signed = [own, challenge, bare].join(',');
      const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(rounds), 32, 'sha256');
      const clientKey = hmac(salted, 'Client Key');
      const signature = hmac(createHash('sha256').update(clientKey).digest(), signed);
      expected = hmac(hmac(salted, 'Server Key'), signed);
      return `${bare},p=${Buffer.from(clientKey.map((byte, at) => byte ^ (signature[at] ?? 0))).toString('base64')}`;
    },
    check(final) {
      const given = Buffer.from(fieldsOf(final)['v'] ?? '', 'base64');
      return expected !== undefined && given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

const fieldsOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(text.split(',').map((field) => [field.slice(0, 1), field.slice(2)]));
