import type { EngineClient, ProcessDefinition } from '@procos/engine-client';
import { nearestWord } from '@procos/errors';
import { gatewayErrors } from '../errors.ts';

/**
 * The newest version of a process.
 *
 * @throws PROCOS_GATEWAY_UNKNOWN_PROCESS naming the nearest key that is deployed
 */
export async function knownDefinition(engine: EngineClient, process: string): Promise<ProcessDefinition> {
  return (await engine.repository.latestDefinition(process)) ?? (await unknownProcess(engine, process));
}

/** @throws PROCOS_GATEWAY_UNKNOWN_PROCESS always */
export async function unknownProcess(engine: EngineClient, process: string): Promise<never> {
  const deployed = await engine.repository.latestDefinitions();
  const near = nearestWord(
    process,
    deployed.map((definition) => definition.key),
  );
  const hint = near === undefined ? '' : `Did you mean ${near}? `;
  throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_PROCESS({ process, hint, nearest: near });
}
