import { nearest } from '@procos/config';
import { isProcosError, ProcosError } from '@procos/errors';
import type { GatewayClient } from './gateway-client.ts';
import type { AcceptedRequest, Definition, Variables } from './gateway-types.ts';

export interface RequestToStart {
  readonly process: string;
  readonly variables: Variables;
  readonly businessKey?: string | undefined;
}

/** Asks the system to run a process; an unknown key is told with the nearest known one. */
export async function startRequest(gateway: GatewayClient, request: RequestToStart): Promise<AcceptedRequest> {
  try {
    return await gateway.post<AcceptedRequest>('/v1/requests', { body: request });
  } catch (error) {
    throw isProcosError(error) && error.status === 404 ? await withSuggestion(gateway, request.process, error) : error;
  }
}

async function withSuggestion(gateway: GatewayClient, key: string, error: ProcosError): Promise<ProcosError> {
  const { definitions } = await gateway.get<{ definitions: Definition[] }>('/v1/process-definitions');
  const near = nearest(key, definitions.map((definition) => definition.key));
  if (near === undefined || `${error.message} ${error.remedy}`.includes(near)) return error;
  const { code, message, remedy, status, data } = error;
  return new ProcosError({ code, message, remedy: `Did you mean ${near}? ${remedy}`, status, data, cause: error });
}
