import { BpmnError, messageOf, RetryableError, retryAfterMs, rootCause, TerminalError } from '@procos/errors';
import { redact } from '@procos/logging';
import { AddressRefusedError } from './guarded-agent.ts';

/** So much of what a server says is told, in characters. */
const longestDetails = 2_000;
const longestSentence = 400;

/** The request may not be made: a way the model can go. */
export function httpRefused(reason: string): BpmnError {
  return new BpmnError('HTTP_REFUSED', `The request was refused: ${reason}.`);
}

/** Another try, not before the server wants it, with what it says. */
export function tryLater(
  origin: string,
  statusCode: number,
  { retryAfter, said }: { readonly retryAfter: string | undefined; readonly said: string },
): RetryableError {
  const wait = retryAfterMs(retryAfter);
  const sentence = sentenceIn(said);
  return new RetryableError(`${origin} answered ${statusCode}${sentence === undefined ? '' : `: ${sentence}`}`, {
    ...(said.trim() === '' ? {} : { details: String(redact(said.trim())).slice(0, longestDetails) }),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
}

function sentenceIn(said: string): string | undefined {
  try {
    return messageIn(JSON.parse(said));
  } catch {
    // No JSON: it stands in the details.
    return undefined;
  }
}

/** The message in an error of ProcOS, or of the many servers that answer in the same form. */
export function messageIn(body: unknown): string | undefined {
  const message = (body as { readonly error?: { readonly message?: unknown } } | null | undefined)?.error?.message;
  return typeof message === 'string' ? String(redact(message)).slice(0, longestSentence) : undefined;
}

/** An answer that had begun and does not come to its end. What is an outcome already stays as it is. */
export function cutOff(thrown: unknown, origin: string): unknown {
  if (thrown instanceof TerminalError || (thrown instanceof Error && thrown.name === 'TimeoutError')) return thrown;
  return new RetryableError(`${origin} cut its answer off: ${messageOf(rootCause(thrown))}`, { cause: thrown });
}

/** Tells what went wrong between here and the server as an outcome. What is an outcome already stays as it is. */
export function asOutcome(thrown: unknown, origin: string): unknown {
  if (thrown instanceof BpmnError || thrown instanceof TerminalError || thrown instanceof RetryableError) return thrown;
  for (const error of chain(thrown)) {
    if (error instanceof AddressRefusedError) return httpRefused(error.message);
    const code = 'code' in error ? String(error.code) : '';
    if (/^ERR_TLS|CERT|SIGNATURE|SELF_SIGNED/.test(code)) {
      return new TerminalError(`The certificate of ${origin} is not trusted: ${code}`, { cause: thrown });
    }
    if (error.name === 'TimeoutError') return new RetryableError(`${origin} did not answer in time`, { cause: thrown });
  }
  return new RetryableError(`${origin} cannot be reached: ${messageOf(rootCause(thrown))}`, { cause: thrown });
}

/** An error, what caused it, and what caused that. */
function chain(thrown: unknown): readonly Error[] {
  const errors: Error[] = [];
  for (let error = thrown; error instanceof Error && errors.length < 8; error = error.cause) errors.push(error);
  return errors;
}
