import { messageOf, RetryableError } from '@procos/errors';
import { redact } from '@procos/logging';

const longestDetails = 2_000;
const longestWaitMs = 3_600_000;

/** Text for an operator: no registered secret in it (some servers repeat the key they refuse), not longer than a screen. */
export function safeDetails(text: string): string {
  return String(redact(text)).slice(0, longestDetails);
}

/** Statuses after which the same request may succeed: time-outs, conflicts, overload, faults of the server. */
export function mayPass(status: number): boolean {
  return status === 408 || status === 409 || status === 425 || status === 429 || status >= 500;
}

/**
 * The wait a server asks for, in milliseconds, at most one hour.
 * Source: RFC 9110 §10.2.3 (seconds or a date); `retry-after-ms` is OpenAI's finer form.
 */
export function retryAfterMs(
  header: (name: string) => string | null | undefined,
  now = Date.now(),
): number | undefined {
  const precise = Number.parseFloat(header('retry-after-ms') ?? '');
  const plain = header('retry-after')?.trim() ?? '';
  const wait = Number.isFinite(precise)
    ? precise
    : /^\d+(\.\d+)?$/.test(plain)
      ? Number(plain) * 1_000
      : Date.parse(plain) - now;
  return Number.isFinite(wait) ? Math.min(longestWaitMs, Math.max(0, Math.ceil(wait))) : undefined;
}

/** What is at the bottom of a chain of causes: `fetch failed` alone tells nobody that the connection was refused. */
export function rootCause(thrown: unknown): string {
  if (!(thrown instanceof Error)) return messageOf(thrown);
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return rootCause(thrown.errors[0]);
  return thrown.cause instanceof Error ? rootCause(thrown.cause) : thrown.message;
}

export interface Waiting {
  /** The lease's signal. */
  readonly lease: AbortSignal;
  /** Aborted by the lease or when the provider's time is up. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** The time one request may take, ended early when the lease ends. */
export function waiting(lease: AbortSignal, timeoutMs: number): Waiting {
  return { lease, timeoutMs, signal: AbortSignal.any([lease, AbortSignal.timeout(timeoutMs)]) };
}

/** A request that got no whole answer: network, time-out, cut connection, an answer that cannot be read. */
export function noAnswer(message: string, thrown: unknown, { lease, signal, timeoutMs }: Waiting): RetryableError {
  const details = lease.aborted
    ? `Given up: ${messageOf(lease.reason)}`
    : signal.aborted
      ? `No answer within ${timeoutMs} ms`
      : rootCause(thrown);
  return new RetryableError(message, { details: safeDetails(details), cause: thrown });
}
