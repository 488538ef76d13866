import { EngineRequestError, EngineUnreachableError } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { plain, withoutStop } from '../incidents/plain-sentence.ts';

/** What failed at the engine, in the gateway's words; anything else unchanged. */
export function translateEngineError(thrown: unknown): unknown {
  if (thrown instanceof EngineUnreachableError) {
    return gatewayErrors.PROCOS_GATEWAY_ENGINE_UNREACHABLE({ engine: thrown.origin }, thrown);
  }
  if (thrown instanceof EngineRequestError) {
    const { status, engineMessage } = thrown;
    if (status === 401 || status === 403)
      return gatewayErrors.PROCOS_GATEWAY_ENGINE_ACCESS(
        { engineStatus: status, reason: withoutStop(plain(engineMessage)) },
        thrown,
      );
    return gatewayErrors.PROCOS_GATEWAY_ENGINE_REFUSED(
      { engineStatus: status, reason: withoutStop(plain(engineMessage)) },
      thrown,
    );
  }
  return thrown;
}
