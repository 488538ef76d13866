import { fromWireError, messageOf } from '@procos/errors';
import type { ServiceDirectory } from '@procos/service-directory';
import { gatewayErrors } from '../errors.ts';

/** Asks the event bridge, which is found by its name. @throws PROCOS_GATEWAY_NO_EVENT_BRIDGE, and what the bridge itself tells */
export type AskBridge = <Answer>(method: 'GET' | 'POST' | 'DELETE', path: string) => Promise<Answer>;

const patienceMs = 40_000;

export function askBridge(directory: ServiceDirectory): AskBridge {
  return async <Answer>(method: string, path: string) => {
    const [bridge] = await directory.discover('event-bridge', { healthyOnly: true });
    if (bridge === undefined)
      throw gatewayErrors.PROCOS_GATEWAY_NO_EVENT_BRIDGE({ reason: 'no healthy copy of it is known' });
    const response = await fetchFrom(`${bridge.endpoint}${path}`, method);
    const body: unknown = await response.json();
    if (response.ok) return body as Answer;
    throw (
      fromWireError(response.status, body) ??
      gatewayErrors.PROCOS_GATEWAY_NO_EVENT_BRIDGE({ reason: `it answers with status ${response.status}` })
    );
  };
}

async function fetchFrom(url: string, method: string): Promise<Response> {
  try {
    return await fetch(url, { method, signal: AbortSignal.timeout(patienceMs), redirect: 'error' });
  } catch (thrown) {
    const reason = thrown instanceof Error && thrown.cause !== undefined ? messageOf(thrown.cause) : messageOf(thrown);
    throw gatewayErrors.PROCOS_GATEWAY_NO_EVENT_BRIDGE({ reason }, thrown);
  }
}
