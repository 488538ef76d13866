import type { DefinitionView } from '@procos/contracts';
import type { EngineClient, ProcessDefinition } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { unknownProcess } from './known-definition.ts';

/** A version of a process as the API shows it. */
export function definitionView({
  id,
  key,
  name,
  version,
  deploymentId,
  resource,
  suspended,
}: ProcessDefinition): DefinitionView {
  return { id, key, name, version, deploymentId, file: resource, suspended };
}

/** All versions of a process, newest first. @throws PROCOS_GATEWAY_UNKNOWN_PROCESS */
export async function knownVersions(engine: EngineClient, key: string): Promise<readonly ProcessDefinition[]> {
  const versions = await engine.repository.versions(key);
  return versions.length === 0 ? unknownProcess(engine, key) : versions;
}

/**
 * The BPMN of one version.
 *
 * @throws PROCOS_GATEWAY_UNKNOWN_PROCESS | PROCOS_GATEWAY_UNKNOWN_VERSION
 */
export async function definitionXml(engine: EngineClient, key: string, version: number | undefined): Promise<string> {
  const versions = await knownVersions(engine, key);
  const wanted = version === undefined ? versions[0] : versions.find((one) => one.version === version);
  if (wanted === undefined) {
    throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_VERSION({
      process: key,
      version: version ?? 0,
      newest: versions[0]?.version ?? 0,
    });
  }
  return engine.repository.definitionXml(wanted.id);
}
