import { BpmnError, isProcosError, type ProcosError, RetryableError, TerminalError, toWireError } from '@procos/errors';
import { adapterErrors } from './errors.ts';

/** An answer that is no result. */
export interface FailureAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** Not earlier than this many milliseconds from now. */
  readonly retryAfterMs?: number;
}

/** Tells what a method threw. What is no outcome is a bug: `undefined`. */
export function answerOf(thrown: unknown, adapter: string): FailureAnswer | undefined {
  if (thrown instanceof BpmnError) {
    const { code, variables, message } = thrown;
    return {
      ...failed(adapterErrors.PROCOS_ADAPTER_REFUSED({ reason: message }, thrown), { refusal: { code, variables } }),
    };
  }
  if (thrown instanceof RetryableError) {
    const answer = failed(adapterErrors.PROCOS_ADAPTER_UNAVAILABLE({ reason: thrown.message }, thrown));
    return thrown.retryAfterMs === undefined ? answer : { ...answer, retryAfterMs: thrown.retryAfterMs };
  }
  if (thrown instanceof TerminalError)
    return failed(adapterErrors.PROCOS_ADAPTER_SET_UP({ reason: thrown.message, adapter }, thrown));
  return isProcosError(thrown) ? failed(thrown) : undefined;
}

/** The answer while the breaker is open. */
export function pausedAnswer(
  adapter: string,
  { retryAfterMs, reason }: { readonly retryAfterMs: number; readonly reason: string },
): FailureAnswer {
  return {
    ...failed(adapterErrors.PROCOS_ADAPTER_PAUSED({ adapter, reason: reason.replace(/\.$/, '') })),
    retryAfterMs,
  };
}

function failed(error: ProcosError, more: Readonly<Record<string, unknown>> = {}): FailureAnswer {
  const { status, body } = toWireError(error);
  return { status, body: { ...body, ...more } };
}
