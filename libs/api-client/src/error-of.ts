import { errors } from './errors.ts';
import type { Failure } from './failure.ts';

/** The error of a failure, for whoever has no better words. */
export function errorOf(failure: Failure): Error {
  switch (failure.kind) {
    case 'unreachable':
      return errors.PROCOS_API_UNREACHABLE({ url: failure.url, reason: failure.reason }, failure.cause);
    case 'not-a-gateway':
      return errors.PROCOS_API_NOT_A_GATEWAY({ url: failure.url, reason: failure.reason });
    case 'failed':
      return errors.PROCOS_API_REQUEST_FAILED({ method: failure.method, url: failure.url, status: failure.status });
    case 'refused':
      return failure.refusal;
  }
}
