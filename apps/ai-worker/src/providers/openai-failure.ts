import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { APIError } from 'openai';
import { isAboutLength } from './provider-sentences.ts';
import { mayPass, noAnswer, safeDetails, type Waiting, wantedWaitMs } from './request-failure.ts';

const remedies: Readonly<Record<number, string>> = {
  401: 'Check OPENAI_API_KEY.',
  403: 'The key may not use this model or region: check the project of the key.',
  404: 'Check the name of the model (OPENAI_MODEL, or model of the task) and OPENAI_BASE_URL.',
};

/** The error codes with which providers refuse a question for what it says. */
const refusalCodes = new Set(['content_filter', 'content_policy_violation', 'moderation_blocked']);
/** Kinds of errors that the same request meets again, by the names that servers give them. */
const finalKinds =
  /bad_?request|invalid_|context_length|not_?found|authentication|permission|unprocessable|insufficient_quota|unsupported/i;

/** Turns what the SDK throws into an outcome: configuration → terminal, refused content → BPMN error, the rest → again later. */
export function openaiFailure(thrown: unknown, wait: Waiting): Error {
  const outcome = outcomeIn(thrown);
  if (outcome !== undefined) return outcome;
  if (wait.signal.aborted || !isApiError(thrown)) return noAnswer('OpenAI request error', thrown, wait);
  if (refusalCodes.has(String(thrown.code))) return refused(thrown.message);
  if (thrown.status === undefined && thrown.error === undefined) return noAnswer('OpenAI request error', thrown, wait);
  const status = statusOf(thrown);
  const details = `Status: ${thrown.status ?? 200}, Response: ${responseOf(thrown)}`;
  // An empty purse answers 429 as well, but waiting does not fill it.
  const unpaid = thrown.code === 'insufficient_quota';
  if (!unpaid && (status === undefined || mayPass(status))) {
    const wanted = wantedWaitMs((name) => thrown.headers?.get(name));
    return new RetryableError('OpenAI API request failed', {
      details: safeDetails(details),
      ...(wanted === undefined ? {} : { retryAfterMs: wanted }),
    });
  }
  const remedy = remedyFor(thrown, status, unpaid);
  return new TerminalError('OpenAI API request failed', {
    details: safeDetails(remedy === undefined ? details : `${details}\n${remedy}`),
  });
}

/** What is an outcome already stays as it is; the SDK wraps some of what is thrown while it reads. */
function outcomeIn(thrown: unknown): Error | undefined {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    if (error instanceof BpmnError || error instanceof RetryableError || error instanceof TerminalError) return error;
  }
  return undefined;
}

/** Of an error in the middle of a stream, whose own status is 200, what the server would have answered. */
function statusOf({ status, code, type, error }: APIError): number | undefined {
  if (status !== undefined) return status;
  const number = [code, memberOf(error, 'status'), memberOf(error, 'status_code')]
    .map(Number)
    .find((one) => one >= 400 && one < 600);
  return number ?? (finalKinds.test(`${String(type)} ${String(code)}`) ? 400 : undefined);
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function remedyFor(error: APIError, status: number | undefined, unpaid: boolean): string | undefined {
  if (unpaid) return 'Check plan and billing of the OpenAI account.';
  if ((status === 400 || status === 413 || status === 422) && isAboutLength(`${String(error.code)} ${error.message}`))
    return 'Shorten the question or its context, lower max_tokens, or ask a model that holds more.';
  return remedies[status ?? 0];
}

/** Narrows to the plain class: `instanceof` alone would give its type parameters as `any`. */
export function isApiError(thrown: unknown): thrown is APIError {
  return thrown instanceof APIError;
}

/** The modelled outcome of a question that is refused for what it says. */
export function refused(why: string): BpmnError {
  return new BpmnError('AI_REFUSED', `OpenAI refused to answer: ${safeDetails(why)}`);
}

/** The SDK keeps the `error` part of a JSON body, or puts a body that is no JSON into the message behind the status. */
function responseOf({ error, message, status }: APIError): string {
  return error === undefined ? message.replace(`${status} `, '') : JSON.stringify({ error });
}
