import { withSpan } from '@procos/telemetry';
import type { Express, RequestHandler, Response } from 'express';
import { type InputErrors, inputCheck } from './check-input.ts';
import type { Route } from './route.ts';

export interface RouteErrors extends InputErrors {
  /** What a handler has thrown, in the words of the service. @default unchanged */
  readonly translate?: (thrown: unknown) => unknown;
}

/** Adds routes to an express app: input is checked against the contract before a handler sees it, each call is a span. */
export function bindRoutes(app: Express, routes: readonly Route[], errors: RouteErrors): void {
  for (const one of routes) app[one.contract.method](one.contract.path, handler(one, errors));
}

function handler({ contract, handle }: Route, errors: RouteErrors): RequestHandler {
  const check = inputCheck(contract, errors);
  const { translate = (thrown: unknown) => thrown } = errors;
  return async (request, response) => {
    const input = check(request);
    const signal = goneSignal(response);
    const { traceparent } = request.headers;
    const span = { kind: 'server', ...(typeof traceparent === 'string' ? { traceparent } : {}) } as const;
    try {
      const run = () => handle(input as never, { signal }, response);
      const reply = await withSpan(`${request.method} ${contract.path}`, span, run);
      if (reply !== undefined) send(response, contract.replies[reply.status]?.mediaType, reply);
    } catch (thrown) {
      // A client that has gone hears nothing, and its going is no failure.
      if (!signal.aborted) throw translate(thrown);
    }
  };
}

function send(
  response: Response,
  mediaType: string | undefined,
  { status, body }: { status: number; body: unknown },
): void {
  response.status(status);
  if (mediaType === undefined) response.json(body);
  else response.type(mediaType).send(body);
}

/** Aborted when the connection closes before the answer is complete. */
function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort(new Error('The client has gone'));
  });
  return gone.signal;
}
