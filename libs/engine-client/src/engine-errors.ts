/** The engine answered with an error. */
export class EngineRequestError extends Error {
  readonly code = 'PROCOS_ENGINE_REQUEST';
  readonly method: string;
  /** Path below the REST root, without query. */
  readonly path: string;
  readonly status: number;
  /** Exception class named by the engine, for example `InvalidRequestException`; `undefined` when it named none. */
  readonly engineType: string | undefined;
  /** The engine's number of the kind of fault: 1 and 10000 other transactions in the way, 10001 and 10002 values that the database cannot take; 0 = none. */
  readonly engineCode: number;
  /** The engine's own sentence. */
  readonly engineMessage: string;
  /** What the engine told beside its sentence, such as the faults of each file of a deployment; `undefined` when it told nothing. */
  readonly details: unknown;

  constructor(request: { method: string; path: string }, status: number, body: unknown) {
    const answer = (typeof body === 'object' && body !== null ? body : {}) as {
      type?: unknown;
      message?: unknown;
      code?: unknown;
      details?: unknown;
    };
    const engineMessage =
      typeof answer.message === 'string' ? answer.message : typeof body === 'string' ? textOf(body) : 'no message';
    super(`Engine answered ${status} to ${request.method} ${request.path}: ${engineMessage}`);
    this.name = 'EngineRequestError';
    this.method = request.method;
    this.path = request.path;
    this.status = status;
    this.engineType = typeof answer.type === 'string' ? answer.type : undefined;
    this.engineCode = typeof answer.code === 'number' ? answer.code : 0;
    this.engineMessage = engineMessage;
    this.details = answer.details;
  }
}

/**
 * The engine gave no answer. It could be because it is not started, still starting, has crashed,
 * the connection was cut, or it took longer than the time allowed. The request may have been carried out.
 */
export class EngineUnreachableError extends Error {
  readonly code = 'PROCOS_ENGINE_UNREACHABLE';
  /** Scheme, host and port of the engine. */
  readonly origin: string;
  readonly method: string;
  readonly path: string;

  constructor(request: { method: string; path: string }, origin: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    super(`Engine at ${origin} gave no answer to ${request.method} ${request.path}: ${reason}`, { cause });
    this.name = 'EngineUnreachableError';
    this.origin = origin;
    this.method = request.method;
    this.path = request.path;
  }
}

/** True when the engine says that the thing asked for does not exist. */
export function isNotFound(thrown: unknown): boolean {
  return thrown instanceof EngineRequestError && thrown.status === 404;
}

/** The answer to a request; `undefined` when the thing asked for does not exist. */
export async function unlessNotFound<Answer>(request: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await request;
  } catch (thrown) {
    if (isNotFound(thrown)) return undefined;
    throw thrown;
  }
}

/** Not every answer is the engine's own: the server that it runs in answers with a page, of which the title says enough. */
function textOf(body: string): string {
  if (!/^\s*<(?:!doctype|html)/i.test(body)) return body.trim() === '' ? 'no message' : body.slice(0, 300);
  const title = /<title>([^<]*)<\/title>/i.exec(body)?.[1]?.trim() ?? '';
  return title === ''
    ? 'a page of the server, no answer of the engine'
    : `a page of the server, no answer of the engine: ${title.slice(0, 200)}`;
}
