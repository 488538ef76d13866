import { sizeRefusal } from './broker-sentences.ts';

/** Why a broker has closed a channel, where the reason is what was published on it. */
export interface Refusal {
  readonly kind: 'size' | 'right';
  readonly reason: string;
  /** Bytes that it takes at most, where it says so. */
  readonly limit: number | undefined;
}

/** AMQP 0-9-1 reply codes. */
const [accessRefused, preconditionFailed] = [403, 406];

/** What the error of a channel says about the message that caused it; `undefined` when it was none. */
export function refusalIn(error: unknown): Refusal | undefined {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const reason = String(message)
    .replace(/^Channel closed by server: \d+ \([A-Z-]+\) with message /, '')
    .replaceAll('"', '');
  if (code === accessRefused) return { kind: 'right', reason, limit: undefined };
  const tooLarge = code === preconditionFailed ? sizeRefusal(reason) : undefined;
  return tooLarge && { kind: 'size', reason, limit: tooLarge.limit };
}
