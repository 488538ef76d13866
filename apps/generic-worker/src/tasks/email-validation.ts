import { emailValidation } from '@procos/contracts';
import { TerminalError } from '@procos/errors';
import { type MailAddress, type MailResolver, readAddress, takesMail } from '@procos/mail';
import { defineTask, type TaskDefinition } from '@procos/task-worker';

export interface EmailValidationOptions {
  /** Makes what asks the DNS, waiting so many milliseconds for an answer. `undefined`: it must not be asked. */
  readonly resolver: ((timeoutMs: number) => MailResolver) | undefined;
}

/** One address after its check. */
interface Checked {
  readonly field: string;
  readonly address: MailAddress | undefined;
  readonly error: { readonly rule: string; readonly reason: string } | undefined;
}

/** Checks addresses as they are written, and the domain in the DNS when the model asks for it. */
export function emailValidationTask({ resolver }: EmailValidationOptions): TaskDefinition {
  return defineTask(emailValidation, async ({ email, check_mail_server: asksDns = false, timeout = 5 }) => {
    if (asksDns && resolver === undefined) throw new TerminalError('The model has the DNS asked about a domain, which PROCOS_MAIL_DNS does not allow.');
    const written = [email].flat();
    const checked = written.map((text, index) => readOne(text, Array.isArray(email) ? `email.${index}` : 'email'));
    const done = asksDns && resolver !== undefined ? await withDomains(checked, resolver(timeout * 1_000)) : checked;
    return verdict(done);
  });
}

function readOne(text: string, field: string): Checked {
  const read = readAddress(text);
  return read.ok ? { field, address: read.value, error: undefined } : { field, address: undefined, error: read.fault };
}

/** Asks about each domain once. */
async function withDomains(checked: readonly Checked[], resolver: MailResolver): Promise<readonly Checked[]> {
  const domains = [...new Set(checked.flatMap(({ address }) => (address === undefined ? [] : [address.domain])))];
  const without = new Set<string>();
  for (const domain of domains) if (!(await takesMail(domain, resolver))) without.add(domain);
  return checked.map((one) =>
    one.address !== undefined && without.has(one.address.domain) ? { ...one, error: { rule: 'mail_server', reason: 'has a domain that takes no mail' } } : one,
  );
}

function verdict(checked: readonly Checked[]) {
  const errors = checked.flatMap(({ field, error }) => (error === undefined ? [] : [{ field, rule: error.rule, message: `${field} ${error.reason}.` }]));
  return {
    email_valid: errors.length === 0 && checked.length > 0,
    valid_emails: checked.flatMap(({ address, error }) => (address === undefined || error !== undefined ? [] : [address.address])),
    validation_errors: errors,
    validation_message: checked.length === 0 ? 'There is no address.' : errors.map(({ message }) => message).join(' '),
  };
}
