import { Secret } from '@procos/config';
import type { SmtpConfig } from '../mail-fields.ts';

/** Settings for a mail server on loopback. */
export function testConfig(port: number, changes: Partial<SmtpConfig> = {}): SmtpConfig & { smtpHost: string } {
  return {
    smtpPort: port,
    smtpTls: 'none',
    smtpUser: undefined,
    smtpPassword: undefined,
    smtpFrom: 'ProcOS <procos@example.com>',
    smtpTimeoutMs: 2_000,
    ...changes,
    smtpHost: changes.smtpHost ?? '127.0.0.1',
  };
}

/** A user that the test servers know. */
export const testUser = { name: 'worker', password: 'canary-smtp-password' };
export const withTestUser = { smtpUser: testUser.name, smtpPassword: new Secret(testUser.password) };
