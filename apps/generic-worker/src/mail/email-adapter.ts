import type { Dispatcher } from 'undici';
import {
  AdapterRefusal,
  compileCheck,
  emailAdapterName,
  type EmailSendInput,
  type EmailSendOutput,
  SendEmailResult,
  type ServiceRecord,
} from '@procos/contracts';
import { BpmnError, TerminalError } from '@procos/errors';
import type { TaskContext } from '@procos/task-worker';
import { exchange, type HttpAnswer } from '../http/exchange.ts';
import { requestIdentity } from '../http/outgoing.ts';
import { chooseCopy } from '../services/choose-copy.ts';
import type { FindService } from '../services/find-service.ts';
import { withServiceSpan } from '../services/service-span.ts';
import { serviceUrl } from '../services/service-url.ts';

/** Has one of the running copies of the e-mail adapter send a mail. */
export type AdapterCaller = (
  adapters: readonly ServiceRecord[],
  mail: EmailSendInput,
  context: TaskContext,
) => Promise<EmailSendOutput>;

export interface AdapterCallerOptions {
  readonly dispatcher: Dispatcher;
  /** Largest answer in bytes. */
  readonly maxBytes: number;
  /** How long the adapter, and the mail server behind it, may take in milliseconds. @default 120000 */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 120_000;

const checkResult = compileCheck(SendEmailResult);
const checkRefusal = compileCheck(AdapterRefusal);

/** The running copies; none when nobody has the name. */
export async function findEmailAdapter(findService: FindService): Promise<readonly ServiceRecord[]> {
  try {
    return await findService(emailAdapterName);
  } catch (thrown) {
    if (thrown instanceof BpmnError) return [];
    throw thrown;
  }
}

export function createAdapterCaller({
  dispatcher,
  maxBytes,
  timeoutMs = defaultTimeoutMs,
}: AdapterCallerOptions): AdapterCaller {
  return async (adapters, mail, context) => {
    const { endpoint } = chooseCopy(adapters, context.lease);
    const url = serviceUrl(endpoint, '/call');
    const body = JSON.stringify({ method: 'send_email', parameters: mail });
    return withServiceSpan(emailAdapterName, 'send_email', context, async (within) => {
      const headers = { ...requestIdentity('POST', within), 'content-type': 'application/json' };
      const signal = AbortSignal.any([context.lease.signal, AbortSignal.timeout(timeoutMs)]);
      const call = exchange({ method: 'POST', url, headers, body }, { dispatcher, signal, maxBytes, maxRedirects: 0 });
      return resultOf(await reached(call), endpoint);
    });
  };
}

/** An adapter that may not be asked is a matter of the operator, not a way of the model. */
async function reached(call: Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await call;
  } catch (thrown) {
    if (thrown instanceof BpmnError)
      throw new TerminalError(`The e-mail adapter may not be asked: ${thrown.message}`, { cause: thrown });
    throw thrown;
  }
}

/** @throws BpmnError EMAIL_REFUSED when the adapter says no for good, TerminalError for what only an operator can mend */
function resultOf({ statusCode, json }: HttpAnswer, endpoint: string): EmailSendOutput {
  const result = checkResult(json);
  if (statusCode === 200 && result.ok) {
    const { message_id, to, refused, deferred = [] } = result.value;
    return { sent: true, to, message_id, refused, deferred };
  }
  const refusal = checkRefusal(json);
  if (statusCode === 422 && refusal.ok) {
    const { error, refusal: outcome } = refusal.value;
    throw new BpmnError(outcome.code, error.message, outcome.variables);
  }
  const message = (json as { error?: { message?: unknown } } | null)?.error?.message;
  throw new TerminalError(
    `The e-mail adapter at ${endpoint} answered ${statusCode}${typeof message === 'string' ? `: ${message}` : ''}`,
  );
}
