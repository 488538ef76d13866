import { RetryableError } from '@procos/errors';
import type { AdapterCall, AdapterMethod } from './adapter-method.ts';
import { answerOf, type FailureAnswer, pausedAnswer } from './call-outcome.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { adapterErrors } from './errors.ts';
import { rememberResults } from './remembered-results.ts';

export type AdapterMethods = Readonly<Record<string, AdapterMethod>>;
export type CallAnswer = { readonly status: 200; readonly body: Readonly<Record<string, unknown>> } | FailureAnswer;

export interface CallServiceOptions {
  readonly adapter: string;
  readonly methods: AdapterMethods;
  readonly breaker: CircuitBreaker;
  /** For one call, in milliseconds. */
  readonly timeoutMs: number;
}

export interface ServiceCall {
  readonly method: string;
  readonly parameters: unknown;
  /** Empty: the caller has none. */
  readonly idempotencyKey: string;
}

/** Results that one adapter keeps for callers who lost them. */
const mostResults = 1_000;

/** `call_service(method, parameters)` with its breaker and its memory. Throws only what is a bug. */
export function createCallService({
  adapter,
  methods,
  breaker,
  timeoutMs,
}: CallServiceOptions): (call: ServiceCall) => Promise<CallAnswer> {
  const results = rememberResults<Readonly<Record<string, unknown>>>(mostResults);
  const guarded = guard(breaker);
  return async ({ method: name, parameters, idempotencyKey }) => {
    try {
      const method = methodOf(methods, name);
      const run = () => guarded(method, parameters, { idempotencyKey, signal: AbortSignal.timeout(timeoutMs) });
      return {
        status: 200,
        body: await (idempotencyKey === '' ? run() : results.once(`${name} ${idempotencyKey}`, parameters, run)),
      };
    } catch (thrown) {
      const answer = thrown instanceof PausedError ? pausedAnswer(adapter, thrown) : answerOf(thrown, adapter);
      if (answer === undefined) throw thrown;
      return answer;
    }
  };
}

/** Calls methods while the breaker admits it, and tells the breaker how they ended. */
function guard(breaker: CircuitBreaker) {
  let lastReason = 'it gave no answer';
  return async (method: AdapterMethod, parameters: unknown, call: AdapterCall) => {
    const admission = breaker.admit();
    if (!admission.admitted) throw new PausedError(admission.retryAfterMs, lastReason);
    try {
      const result = await method.run(parameters, call);
      breaker.succeeded(admission.ticket);
      return result;
    } catch (thrown) {
      // A service that says no is there; only one that is not makes a failure.
      if (thrown instanceof RetryableError) {
        lastReason = thrown.message;
        breaker.failed(admission.ticket);
      } else breaker.succeeded(admission.ticket);
      throw thrown;
    }
  };
}

function methodOf(methods: AdapterMethods, name: string): AdapterMethod {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method !== undefined) return method;
  throw adapterErrors.PROCOS_ADAPTER_UNKNOWN_METHOD({
    method: name.slice(0, 100),
    methods: Object.keys(methods).join(', '),
  });
}

/** The breaker did not admit a call. */
class PausedError extends Error {
  readonly retryAfterMs: number;
  /** Of the last failure. */
  readonly reason: string;

  constructor(retryAfterMs: number, reason: string) {
    super('The circuit breaker is open');
    this.name = 'PausedError';
    this.retryAfterMs = retryAfterMs;
    this.reason = reason;
  }
}
