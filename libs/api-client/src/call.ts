import { parseJson } from '@procos/json';
import type { ClientOptions } from './client-options.ts';
import { plans, namedShapes } from './generated/gateway-shapes.ts';
import { refusalIn } from './gateway-refusal.ts';
import type { Answer, OperationId } from './operation-types.ts';
import { lost, send, type Sent } from './send.ts';
import { misfit } from './shape.ts';

export interface CallOptions {
  /** Gives up waiting when aborted; the reason of the abort is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** How long the answer may take, in milliseconds. @default what the client was made with */
  readonly timeoutMs?: number | undefined;
}

/** Carries an operation out; which request belongs to which operation, its callers say. */
export type Call = <Id extends OperationId>(id: Id, request?: Sent, options?: CallOptions) => Promise<Answer<Id>>;

export type WholeOptions = ClientOptions & Required<Pick<ClientOptions, 'errorOf'>>;

/** Calls of one gateway. An answer that is not of its type is refused. */
export function callsOf(client: WholeOptions): Call {
  return async (id, request = {}, options = {}) => {
    const timeout = AbortSignal.timeout(options.timeoutMs ?? client.timeoutMs ?? 60_000);
    const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
    const response = await send(client, plans[id], request, signal);
    const answer = await readAnswer(client, plans[id], response);
    if (isAnswer(id, answer)) return answer;
    const reason = `its answer to ${id} is not what its document says, ${misfitOf(id, answer) ?? ''}`;
    throw client.errorOf({ kind: 'not-a-gateway', url: client.url, reason });
  };
}

const misfitOf = (id: OperationId, answer: unknown) => misfit(answer, plans[id].answer, namedShapes);

function isAnswer<Id extends OperationId>(id: Id, answer: unknown): answer is Answer<Id> {
  return misfitOf(id, answer) === undefined;
}

/** The body of an answer; an error answer is thrown. */
export async function readAnswer(
  { url, errorOf }: WholeOptions,
  { method, isJson }: { readonly method: string; readonly isJson: boolean },
  response: Response,
): Promise<unknown> {
  const text = await textOf(response, (error) => lost(url, error, errorOf));
  if (response.ok && !isJson) return text;
  const body = jsonOf(text);
  if (response.ok && body !== undefined) return body;
  const refusal = refusalIn(response.status, body);
  if (refusal !== undefined) throw errorOf({ kind: 'refused', refusal });
  if (response.ok || body === undefined)
    throw errorOf({ kind: 'not-a-gateway', url, reason: `status ${response.status}, not JSON` });
  // A response that was not fetched, as a double of `fetch` gives it, has no address.
  const { pathname } = new URL(response.url === '' ? url : response.url);
  throw errorOf({ kind: 'failed', method, url: url + pathname, status: response.status });
}

async function textOf(response: Response, lostError: (error: unknown) => unknown): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw lostError(error);
  }
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
