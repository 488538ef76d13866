import { isProcosError, type NamedOperation, toWireError } from '@procos/errors';
import type { Logger } from '@procos/logging';
import type { ErrorRequestHandler } from 'express';
import { serviceErrors } from './errors.ts';

/** Answers every error in the one form of ProcOS. Faults of the service itself are logged, those of callers are not. */
export function answerErrors(
  logger: Logger,
  bodyLimitOf: (path: string) => number,
  operationsIn: (remedy: string) => readonly NamedOperation[],
): ErrorRequestHandler {
  // Express tells error handlers by their four parameters.
  return (thrown: unknown, request, response, next) => {
    if (response.headersSent) return next(thrown);
    const { status, body } = toWireError(
      isHttpFault(thrown) ? refusal(thrown, bodyLimitOf(request.path)) : thrown,
      operationsIn,
    );
    response.locals['refusal'] = body.error.code;
    if (status >= 500)
      logger.error('request_failed', { method: request.method, path: request.path, status, error: thrown });
    response.status(status).json(body);
  };
}

type HttpFault = Error & { readonly status: number };

/** Express and its body parser throw errors with the 4xx `status` that they call for. */
function isHttpFault(thrown: unknown): thrown is HttpFault {
  return (
    thrown instanceof Error &&
    !isProcosError(thrown) &&
    'status' in thrown &&
    typeof thrown.status === 'number' &&
    thrown.status >= 400 &&
    thrown.status < 500
  );
}

function refusal(fault: HttpFault, limit: number): Error {
  const { status, message: reason } = fault;
  if (status === 413) return serviceErrors.PROCOS_HTTP_BODY_TOO_LARGE({ limit }, fault);
  if (status === 415) return serviceErrors.PROCOS_HTTP_BODY_ENCODING({ reason }, fault);
  if (fault instanceof URIError) return serviceErrors.PROCOS_HTTP_ADDRESS({}, fault);
  return serviceErrors.PROCOS_HTTP_BODY({ reason }, fault);
}
