import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { APIError } from 'openai';
import { mayPass, noAnswer, retryAfterMs, safeDetails, type Waiting } from './request-failure.ts';

const remedies: Readonly<Record<number, string>> = {
  401: 'Check OPENAI_API_KEY.',
  403: 'The key may not use this model or region: check the project of the key.',
  404: 'Check the name of the model (OPENAI_MODEL, or model of the task) and OPENAI_BASE_URL.',
};

/** The error codes with which providers refuse a question for what it says. */
const refusalCodes = new Set(['content_filter', 'content_policy_violation', 'moderation_blocked']);

/** Turns what the SDK throws into an outcome: configuration → terminal, refused content → BPMN error, the rest → again later. */
export function openaiFailure(thrown: unknown, wait: Waiting): Error {
  if (thrown instanceof BpmnError || thrown instanceof RetryableError) return thrown;
  if (wait.signal.aborted || !isApiError(thrown)) return noAnswer('OpenAI request error', thrown, wait);
  if (refusalCodes.has(String(thrown.code))) return refused(thrown.message);
  const { status } = thrown;
  if (status === undefined && thrown.error === undefined) return noAnswer('OpenAI request error', thrown, wait);
  const details = `Status: ${status ?? 200}, Response: ${responseOf(thrown)}`;
  // An empty purse answers 429 as well, but waiting does not fill it.
  const unpaid = thrown.code === 'insufficient_quota';
  if (!unpaid && (status === undefined || mayPass(status))) {
    const wanted = retryAfterMs((name) => thrown.headers?.get(name));
    return new RetryableError('OpenAI API request failed', { details: safeDetails(details), ...(wanted === undefined ? {} : { retryAfterMs: wanted }) });
  }
  const remedy = unpaid ? 'Check plan and billing of the OpenAI account.' : remedies[status ?? 0];
  return new TerminalError('OpenAI API request failed', { details: safeDetails(remedy === undefined ? details : `${details}\n${remedy}`) });
}

/** Narrows to the plain class: `instanceof` alone would give its type parameters as `any`. */
function isApiError(thrown: unknown): thrown is APIError {
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
