import type { Dispatcher } from 'undici';
import { httpRequest } from '@procos/contracts';
import { redact } from '@procos/logging';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import { exchange, type HttpAnswer, webUrl } from '../http/exchange.ts';
import { requestHeaders, requestIdentity, withParams } from '../http/outgoing.ts';
import { defaultRequestBytes, requestBody, withinSize } from '../http/request-body.ts';
import { hasSecretReferences, revealSecrets, type Secrets } from '../http/secret-references.ts';

const maxRedirects = 5;

export interface HttpRequestOptions {
  /** Must judge every connection it makes: see `createGuardedAgent`. */
  readonly dispatcher: Dispatcher;
  readonly secrets: Secrets;
  /** Largest answer in bytes. */
  readonly maxBytes: number;
  /** Largest body of a request in bytes. @default 10485760 */
  readonly maxRequestBytes?: number;
}

/** Asks one web server. An answer from 400 to 499 is a result (`success` false); what may pass is tried again. */
export function httpRequestTask({
  dispatcher,
  secrets,
  maxBytes,
  maxRequestBytes = defaultRequestBytes,
}: HttpRequestOptions): TaskDefinition {
  return defineTask(httpRequest, async (input, context) => {
    const { method = 'GET', timeout = 30, response_type: responseType = 'text' } = input;
    const url = withParams(webUrl(input.url), input.params);
    const given = requestHeaders(input.headers);
    const { body, contentType } = withinSize(
      await requestBody(input.data, method, given, input.body_type),
      maxRequestBytes,
    );
    const headers = {
      ...requestIdentity(method, context),
      ...revealSecrets(given, url, secrets),
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    };
    const signal = AbortSignal.any([context.lease.signal, AbortSignal.timeout(timeout * 1_000)]);
    const answer = await exchange({ method, url, headers, body }, { dispatcher, signal, maxBytes, maxRedirects });
    return resultOf(hasSecretReferences(given) ? withoutSecrets(answer) : answer, responseType);
  });
}

/** A server may repeat what it was sent: a secret must not become a variable that way. */
function withoutSecrets(answer: HttpAnswer): HttpAnswer {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [redactText(name), redactText(value)]),
  );
  const json = redactJson(answer.json);
  // JSON can write one text in many ways: what holds a secret is written anew.
  const isRewritten = JSON.stringify(json) !== JSON.stringify(answer.json);
  const text = isRewritten ? JSON.stringify(json) : redactText(answer.text);
  const bytes = isRewritten ? Buffer.from(text) : Buffer.from(redactText(answer.bytes.toString('latin1')), 'latin1');
  return { ...answer, headers, bytes, text, json };
}

/** Texts and names of a JSON value without registered secrets; fields with telling names stay: the model asked for them. */
function redactJson(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(redactJson);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [redactText(name), redactJson(member)]));
}

function redactText(text: string): string {
  return String(redact(text));
}

function resultOf({ statusCode, headers, bytes, text, json, jsonError }: HttpAnswer, responseType: 'text' | 'base64') {
  const body =
    responseType === 'base64'
      ? { text: '', json: null, json_error: null, body_base64: bytes.toString('base64') }
      : { text, json, json_error: jsonError, body_base64: null };
  return { status_code: statusCode, headers, ...body, success: statusCode >= 200 && statusCode < 300 };
}
