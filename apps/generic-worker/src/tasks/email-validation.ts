import { emailValidation } from '@procos/contracts';
import { RetryableError, TerminalError } from '@procos/errors';
import { type MailAddress, type MailResolver, readAddress, takesMail } from '@procos/mail';
import { defineTask, type TaskDefinition } from '@procos/task-worker';

const questionsAtOnce = 8;

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
  return defineTask(emailValidation, async ({ email, check_mail_server: asksDns = false, timeout = 5 }, { lease }) => {
    if (asksDns && resolver === undefined)
      throw new TerminalError('The model has the DNS asked about a domain, which PROCOS_MAIL_DNS does not allow.');
    const written = [email].flat();
    const checked = written.map((text, index) => readOne(text, Array.isArray(email) ? `email.${index}` : 'email'));
    if (!asksDns || resolver === undefined) return verdict(checked);
    const outOfTime = AbortSignal.timeout(timeout * 1_000);
    const signal = AbortSignal.any([lease.signal, outOfTime]);
    const asking = resolver(timeout * 1_000);
    try {
      return verdict(await unlessAborted(withDomains(checked, asking, signal), signal));
    } catch (thrown) {
      asking.cancel?.();
      throw outOfTime.aborted && !lease.signal.aborted
        ? new RetryableError(`The DNS did not say within ${timeout} seconds which domains take mail.`, {
            cause: thrown,
          })
        : thrown;
    }
  });
}

function readOne(text: string, field: string): Checked {
  const read = readAddress(text);
  return read.ok ? { field, address: read.value, error: undefined } : { field, address: undefined, error: read.fault };
}

/** A question to the DNS cannot be taken back: who asked it stops waiting. */
function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, aborted]);
}

/** Asks about each domain once, about some at the same time. */
async function withDomains(
  checked: readonly Checked[],
  resolver: MailResolver,
  signal: AbortSignal,
): Promise<readonly Checked[]> {
  const domains = new Set(checked.flatMap(({ address }) => (address === undefined ? [] : [address.domain]))).values();
  const without = new Set<string>();
  const askInTurn = async () => {
    for (const domain of domains) {
      signal.throwIfAborted();
      if (!(await takesMail(domain, resolver))) without.add(domain);
    }
  };
  await Promise.all(Array.from({ length: questionsAtOnce }, askInTurn));
  return checked.map((one) =>
    one.address !== undefined && without.has(one.address.domain)
      ? { ...one, error: { rule: 'mail_server', reason: 'has a domain that takes no mail' } }
      : one,
  );
}

function verdict(checked: readonly Checked[]) {
  const errors = checked.flatMap(({ field, error }) =>
    error === undefined ? [] : [{ field, rule: error.rule, message: `${field} ${error.reason}.` }],
  );
  return {
    email_valid: errors.length === 0 && checked.length > 0,
    valid_emails: checked.flatMap(({ address, error }) =>
      address === undefined || error !== undefined ? [] : [address.address],
    ),
    validation_errors: errors,
    validation_message: checked.length === 0 ? 'There is no address.' : errors.map(({ message }) => message).join(' '),
  };
}
