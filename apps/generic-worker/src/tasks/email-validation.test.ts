import { describe, expect, it } from 'vitest';
import { RetryableError, TerminalError } from '@procos/errors';
import type { MailResolver } from '@procos/mail';
import { rejection, taskContext, tryTask } from '../testing/try-task.ts';
import { emailValidationTask } from './email-validation.ts';

const task = emailValidationTask({ resolver: undefined });

describe('an address', () => {
  it('that is valid comes back in normal form', async () => {
    expect(await tryTask(task, { email: ' Ada@BÜCHER.example ' })).toEqual({
      email_valid: true,
      valid_emails: ['Ada@xn--bcher-kva.example'],
      validation_errors: [],
      validation_message: '',
    });
  });

  it('that is not valid is a result that says why', async () => {
    expect(await tryTask(task, { email: 'ada@' })).toEqual({
      email_valid: false,
      valid_emails: [],
      validation_errors: [{ field: 'email', rule: 'syntax', message: 'email must have the form name@domain.' }],
      validation_message: 'email must have the form name@domain.',
    });
  });

  it('with a name beside it is none', async () => {
    expect(await tryTask(task, { email: 'Ada <ada@example.com>' })).toMatchObject({ email_valid: false });
  });
});

describe('a list of addresses', () => {
  it('is valid when all of them are', async () => {
    expect(await tryTask(task, { email: ['a@example.com', 'b', 'c@localhost'] })).toMatchObject({
      email_valid: false,
      valid_emails: ['a@example.com'],
      validation_errors: [
        { field: 'email.1', rule: 'syntax' },
        { field: 'email.2', rule: 'domain' },
      ],
    });
    expect(await tryTask(task, { email: ['a@example.com', 'b@example.com'] })).toMatchObject({ email_valid: true });
  });

  it('that is empty is not valid', async () => {
    expect(await tryTask(task, { email: [] })).toMatchObject({
      email_valid: false,
      validation_message: 'There is no address.',
    });
  });
});

describe('the mail server of an address', () => {
  const asked: string[] = [];
  const waits: number[] = [];
  const resolver: MailResolver = {
    resolveMx: async (domain) => {
      asked.push(domain);
      return domain === 'takes.example' ? [{ exchange: 'mx.takes.example' }] : [{ exchange: '' }];
    },
    resolve4: async () => [],
    resolve6: async () => [],
  };
  const asking = emailValidationTask({
    resolver: (timeoutMs) => {
      waits.push(timeoutMs);
      return resolver;
    },
  });

  it('is asked for once for each domain, and only when the model asks', async () => {
    await tryTask(asking, { email: 'a@none.example' });
    expect(asked).toEqual([]);

    const output = await tryTask(asking, {
      email: ['a@takes.example', 'b@takes.example', 'c@none.example', 'd'],
      check_mail_server: true,
      timeout: 2,
    });

    expect(asked).toEqual(['takes.example', 'none.example']);
    expect(waits).toEqual([2_000]);
    expect(output).toMatchObject({
      email_valid: false,
      valid_emails: ['a@takes.example', 'b@takes.example'],
      validation_errors: [
        { field: 'email.2', rule: 'mail_server', message: 'email.2 has a domain that takes no mail.' },
        { field: 'email.3' },
      ],
    });
  });

  describe('whose DNS is slow', () => {
    const slow: MailResolver = {
      ...resolver,
      resolveMx: () => new Promise((resolve) => setTimeout(() => resolve([{ exchange: 'mx' }]), 60)),
    };
    const slowly = emailValidationTask({ resolver: () => slow });
    const email = Array.from({ length: 200 }, (_, index) => `a@d${index}.example`);

    it('is waited for so long altogether, not for each domain', async () => {
      const began = performance.now();
      const thrown = await rejection(tryTask(slowly, { email, check_mail_server: true, timeout: 0.15 }));

      expect(thrown).toBeInstanceOf(RetryableError);
      expect(thrown).toHaveProperty('message', 'The DNS did not say within 0.15 seconds which domains take mail.');
      expect(performance.now() - began).toBeLessThan(1_000);
    });

    it('is not waited for when the lease is lost, and is asked nothing more', async () => {
      const lease = new AbortController();
      let cancelled = 0;
      const counting = emailValidationTask({ resolver: () => ({ ...slow, cancel: () => void (cancelled += 1) }) });
      setTimeout(() => lease.abort(new RetryableError('lost')), 20);

      const thrown = await rejection(
        tryTask(
          counting,
          { email, check_mail_server: true },
          taskContext({ lease: { ...taskContext().lease, signal: lease.signal } }),
        ),
      );

      expect(thrown).toHaveProperty('message', 'lost');
      expect(cancelled).toBe(1);
    });
  });

  it('is not asked for where the operator does not allow it', async () => {
    const thrown = await rejection(tryTask(task, { email: 'a@takes.example', check_mail_server: true }));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toHaveProperty(
      'message',
      'The model has the DNS asked about a domain, which PROCOS_MAIL_DNS does not allow.',
    );
  });
});
