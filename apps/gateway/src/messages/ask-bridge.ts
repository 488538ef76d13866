import { fromWireError, messageOf, rootCause } from '@procos/errors';
import type { ServiceDirectory } from '@procos/service-directory';
import { gatewayErrors } from '../errors.ts';

/** Asks the event bridge, which is found by its name. @throws PROCOS_GATEWAY_NO_EVENT_BRIDGE, and what the bridge itself tells */
export type AskBridge = <Answer>(method: 'GET' | 'POST' | 'DELETE', path: string) => Promise<Answer>;

const patienceMs = 40_000;

export function askBridge(directory: ServiceDirectory): AskBridge {
  return async <Answer>(method: string, path: string) => {
    const { status, ok, body } = await answerOf(`${await findBridge(directory)}${path}`, method);
    if (ok && body !== undefined) return body as Answer;
    throw (
      fromWireError(status, body) ??
      gatewayErrors.PROCOS_GATEWAY_NO_EVENT_BRIDGE({
        reason: `it answers with status ${status}, and not as a bridge does`,
      })
    );
  };
}

/** Base URL of a bridge that is healthy. */
async function findBridge(directory: ServiceDirectory): Promise<string> {
  try {
    const [bridge] = await directory.discover('event-bridge', { healthyOnly: true });
    if (bridge !== undefined) return bridge.endpoint;
  } catch (thrown) {
    throw gatewayErrors.PROCOS_GATEWAY_NO_EVENT_BRIDGE({ reason: messageOf(thrown) }, thrown);
  }
  throw gatewayErrors.PROCOS_GATEWAY_NO_EVENT_BRIDGE({ reason: 'no healthy copy of it is known' });
}

async function answerOf(url: string, method: string): Promise<{ status: number; ok: boolean; body: unknown }> {
  try {
    const response = await fetch(url, { method, signal: AbortSignal.timeout(patienceMs), redirect: 'error' });
    const { status, ok } = response;
    return { status, ok, body: jsonOf(await response.text()) };
  } catch (thrown) {
    throw gatewayErrors.PROCOS_GATEWAY_NO_EVENT_BRIDGE({ reason: messageOf(rootCause(thrown)) }, thrown);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Something in front of the bridge has answered, in a form of its own.
    return undefined;
  }
}
