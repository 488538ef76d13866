import type { Dispatcher } from 'undici';
import { serviceCall } from '@procos/contracts';
import { BpmnError } from '@procos/errors';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import { exchange, type HttpAnswer } from '../http/exchange.ts';
import { messageIn } from '../http/http-failures.ts';
import { requestHeaders, requestIdentity } from '../http/outgoing.ts';
import { defaultRequestBytes, requestBody, withinSize } from '../http/request-body.ts';
import { chooseCopy } from '../services/choose-copy.ts';
import type { FindService } from '../services/find-service.ts';
import { withServiceSpan } from '../services/service-span.ts';
import { serviceUrl } from '../services/service-url.ts';

export interface ServiceCallOptions {
  readonly findService: FindService;
  readonly dispatcher: Dispatcher;
  /** Largest answer in bytes. */
  readonly maxBytes: number;
  /** Largest body of a request in bytes. @default 10485760 */
  readonly maxRequestBytes?: number;
}

/** Asks a service by its name. Each further attempt asks another running copy of it. */
export function serviceCallTask({
  findService,
  dispatcher,
  maxBytes,
  maxRequestBytes = defaultRequestBytes,
}: ServiceCallOptions): TaskDefinition {
  return defineTask(serviceCall, async (input, context) => {
    const { service_name: name, path, method = 'GET', timeout = 30 } = input;
    const records = await findService(name);
    const url = serviceUrl(chooseCopy(records, context.lease).endpoint, path);
    const given = requestHeaders(input.headers);
    const { body, contentType } = withinSize(await requestBody(input.body, method, given), maxRequestBytes);
    const signal = AbortSignal.any([context.lease.signal, AbortSignal.timeout(timeout * 1_000)]);
    return withServiceSpan(name, `${method} ${url.pathname}`, context, async (within) => {
      const headers = {
        ...requestIdentity(method, within),
        ...given,
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      };
      return resultOf(
        name,
        await refusalAsFailure(
          exchange({ method, url, headers, body }, { dispatcher, signal, maxBytes, maxRedirects: 0 }),
        ),
      );
    });
  });
}

/** An endpoint that may not be asked is a failed service to the model. */
async function refusalAsFailure(call: Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await call;
  } catch (thrown) {
    if (thrown instanceof BpmnError)
      throw new BpmnError('SERVICE_FAILED', thrown.message, { status_code: null, response: null, success: false });
    throw thrown;
  }
}

function resultOf(name: string, { statusCode, text, json }: HttpAnswer) {
  const response = json ?? text;
  if (statusCode >= 200 && statusCode < 300) return { status_code: statusCode, response, success: true as const };
  const said = messageIn(json);
  throw new BpmnError(
    'SERVICE_FAILED',
    `The service "${name}" answered ${statusCode}${said === undefined ? '.' : `: ${said}`}`,
    { status_code: statusCode, response, success: false },
  );
}
