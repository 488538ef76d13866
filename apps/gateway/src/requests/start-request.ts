import { messageNames, processKeys, type RequestAccepted, traceparentVariable } from '@procos/contracts';
import {
  type EngineClient,
  EngineRequestError,
  type HistoricInstance,
  type ProcessDefinition,
} from '@procos/engine-client';
import { currentTraceparent } from '@procos/telemetry';
import { knownDefinition } from '../definitions/known-definition.ts';
import { gatewayErrors } from '../errors.ts';
import { checkAnswers } from '../forms/check-answers.ts';
import { formsOf } from '../forms/forms-of.ts';
import { instanceState } from '../instances/instance-state.ts';

export interface NewRequest {
  readonly process: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly businessKey: string | undefined;
}

/**
 * Starts one instance of the user request process. Its start event is a message, so a request never waits for another.
 *
 * @throws PROCOS_GATEWAY_UNKNOWN_PROCESS | PROCOS_GATEWAY_SUSPENDED | PROCOS_GATEWAY_FORM | PROCOS_GATEWAY_NOT_BOOTED
 */
export async function startRequest(
  engine: EngineClient,
  { process, variables, businessKey }: NewRequest,
): Promise<RequestAccepted> {
  const answers = await startVariables(engine, await knownDefinition(engine, process), variables);
  const result = await correlate(engine, {
    messageName: messageNames.userRequest,
    tenantId: null,
    businessKey,
    variables: { ...answers, process_key: process, [traceparentVariable]: currentTraceparent() },
  });
  if (result.processInstance === null) throw notBooted();
  return { requestId: result.processInstance.id, state: 'RUNNING' };
}

/** The engine asks neither whether a called process is suspended nor what its start form asks for. */
async function startVariables(
  engine: EngineClient,
  { id, key, version, suspended }: ProcessDefinition,
  given: NewRequest['variables'],
): Promise<Record<string, unknown>> {
  if (suspended) throw gatewayErrors.PROCOS_GATEWAY_SUSPENDED({ process: key, version });
  const { start } = await formsOf(engine, id);
  return checkAnswers({
    fields: start.fields,
    given,
    what: `process ${key}`,
    where: `/v1/process-definitions/${encodeURIComponent(key)}/start-form`,
  });
}

async function correlate(engine: EngineClient, message: Parameters<EngineClient['runtime']['correlate']>[0]) {
  try {
    return await engine.runtime.correlate(message);
  } catch (thrown) {
    // 400 = nothing starts with this message: the user request process is not deployed (yet).
    const nobodyListens = thrown instanceof EngineRequestError && thrown.status === 400;
    if (nobodyListens && (await engine.repository.latestDefinition(processKeys.userRequest)) === undefined)
      throw notBooted(thrown);
    throw thrown;
  }
}

function notBooted(cause?: unknown): Error {
  return gatewayErrors.PROCOS_GATEWAY_NOT_BOOTED({ process: processKeys.userRequest }, cause);
}

/** The state of a request: one that is suspended counts as running. */
export function requestState(instance: HistoricInstance): RequestAccepted['state'] {
  const state = instanceState(instance);
  return state === 'SUSPENDED' ? 'RUNNING' : state;
}
