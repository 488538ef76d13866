import { EngineRequestError, EngineUnreachableError } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';

/** What failed at the engine, in the gateway's words; anything else unchanged. */
export function engineErrorTold(thrown: unknown): unknown {
  if (thrown instanceof EngineUnreachableError) {
    return gatewayErrors.PROCOS_GATEWAY_ENGINE_UNREACHABLE({ engine: thrown.origin }, thrown);
  }
  if (thrown instanceof EngineRequestError) {
    return gatewayErrors.PROCOS_GATEWAY_ENGINE_REFUSED({ engineStatus: thrown.status, reason: thrown.engineMessage }, thrown);
  }
  return thrown;
}
