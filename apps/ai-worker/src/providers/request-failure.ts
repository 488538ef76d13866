import {
  isTransientStatus,
  longestRetryAfterMs,
  messageOf,
  RetryableError,
  retryAfterMs,
  rootCause,
} from '@procos/errors';
import { redact } from '@procos/logging';

const longestDetails = 2_000;

/** Text for an operator: no registered secret in it (some servers repeat the key they refuse), not longer than a screen. */
export function safeDetails(text: string): string {
  return String(redact(text)).slice(0, longestDetails);
}

/** What may pass at every server, and a conflict: providers answer 409 while a model or a lock is taken by another request. */
export function mayPass(status: number): boolean {
  return status === 409 || isTransientStatus(status);
}

/** The wait a provider asks for, in milliseconds, at most one hour: `Retry-After`, or OpenAI's finer `retry-after-ms`. */
export function wantedWaitMs(header: (name: string) => string | null | undefined, now?: number): number | undefined {
  const precise = Number.parseFloat(header('retry-after-ms') ?? '');
  return Number.isFinite(precise)
    ? Math.min(longestRetryAfterMs, Math.max(0, Math.ceil(precise)))
    : retryAfterMs(header('retry-after'), now);
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
      : messageOf(rootCause(thrown));
  return new RetryableError(message, { details: safeDetails(details), cause: thrown });
}
