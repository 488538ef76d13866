import { RetryableError } from '@procos/errors';
import { describe, expect, it } from 'vitest';
import { type MailResolver, takesMail } from './mail-domain.ts';

const failing = (code: string) => () => Promise.reject(Object.assign(new Error(`query ${code}`), { code }));
const resolver = (answers: Partial<MailResolver>): MailResolver => ({
  resolveMx: failing('ENODATA'),
  resolve4: failing('ENODATA'),
  resolve6: failing('ENODATA'),
  ...answers,
});

describe('a domain', () => {
  it.each([
    ['with a mail server', { resolveMx: async () => [{ exchange: 'mx.example.com' }] }, true],
    ['that says it takes none', { resolveMx: async () => [{ exchange: '' }] }, false],
    ['with an address only', { resolve6: async () => ['::1'] }, true],
    ['with neither', {}, false],
    [
      'that does not exist',
      { resolveMx: failing('ENOTFOUND'), resolve4: failing('ENOTFOUND'), resolve6: failing('ENOTFOUND') },
      false,
    ],
  ] as const)('%s takes mail: %s', async (_, answers, expected) => {
    expect(await takesMail('example.com', resolver(answers))).toBe(expected);
  });

  it.each(['ETIMEOUT', 'ESERVFAIL', 'ECONNREFUSED'])('of which the DNS says %s is asked for again', async (code) => {
    const thrown = await takesMail('example.com', resolver({ resolveMx: failing(code) })).catch(
      (error: unknown) => error,
    );

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toHaveProperty('message', `The DNS does not say whether example.com takes mail: query ${code}`);
  });
});
