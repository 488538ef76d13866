import type { EngineClient, ProcessDefinition } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { knownVersions } from './definition-view.ts';

/**
 * One version of a process, or all of them.
 *
 * @throws PROCOS_GATEWAY_UNKNOWN_PROCESS | PROCOS_GATEWAY_UNKNOWN_VERSION
 */
export async function wantedVersions(
  engine: EngineClient,
  key: string,
  version: number | undefined,
): Promise<readonly ProcessDefinition[]> {
  const versions = await knownVersions(engine, key);
  if (version === undefined) return versions;
  const wanted = versions.filter((one) => one.version === version);
  if (wanted.length > 0) return wanted;
  throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_VERSION({ process: key, version, newest: versions[0]?.version ?? 0 });
}

/** How many instances of some versions run. */
export async function runningOf(engine: EngineClient, definitions: readonly ProcessDefinition[]): Promise<number> {
  const counts = await Promise.all(
    definitions.map(({ id }) => engine.runtime.countInstances({ processDefinitionId: id })),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
