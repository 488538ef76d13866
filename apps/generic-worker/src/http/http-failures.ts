import { BpmnError, messageOf, RetryableError, TerminalError } from '@procos/errors';
import { AddressRefusedError } from './guarded-agent.ts';
import { retryAfterMs } from './retry-after.ts';

/** The request may not be made: a way the model can go. */
export function httpRefused(reason: string): BpmnError {
  return new BpmnError('HTTP_REFUSED', `The request was refused: ${reason}.`);
}

/** Statuses that say "later": time-outs, overload and faults of the server, but not what it will never do (501, 505). */
export function isTransient(statusCode: number): boolean {
  return [408, 425, 429].includes(statusCode) || (statusCode >= 500 && statusCode !== 501 && statusCode !== 505);
}

/** Another try, not before the server wants it. */
export function tryLater(origin: string, statusCode: number, retryAfter: string | undefined): RetryableError {
  const wait = retryAfterMs(retryAfter);
  return new RetryableError(`${origin} answered ${statusCode}`, wait === undefined ? {} : { retryAfterMs: wait });
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
  return new RetryableError(`${origin} cannot be reached: ${messageOf(thrown)}`, { cause: thrown });
}

/** An error, what caused it, and what caused that. */
function chain(thrown: unknown): readonly Error[] {
  const errors: Error[] = [];
  for (let error = thrown; error instanceof Error && errors.length < 8; error = error.cause) errors.push(error);
  return errors;
}
