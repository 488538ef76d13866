import type { DefinitionsChanged } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { refuseSystemVersions } from './system-processes.ts';
import { runningOf, wantedVersions } from './wanted-versions.ts';

export interface Deletion {
  readonly key: string;
  /** @default all versions */
  readonly version: number | undefined;
  /** End the instances that run, and forget the history. */
  readonly cascade: boolean;
}

/**
 * Deletes a process, or one version of it.
 *
 * @throws PROCOS_GATEWAY_UNKNOWN_PROCESS | PROCOS_GATEWAY_UNKNOWN_VERSION | PROCOS_GATEWAY_SYSTEM_PROCESS | PROCOS_GATEWAY_INSTANCES_RUN
 */
export async function deleteDefinition(
  engine: EngineClient,
  { key, version, cascade }: Deletion,
): Promise<DefinitionsChanged> {
  const wanted = await wantedVersions(engine, key, version);
  await refuseSystemVersions(engine, wanted);
  const running = await runningOf(engine, wanted);
  const what = version === undefined ? `process "${key}"` : `version ${version} of process "${key}"`;
  if (running > 0 && !cascade) {
    const one = version === undefined ? '' : `version=${version}&`;
    const call = `DELETE /v1/process-definitions/${key}?${one}cascade=true`;
    throw gatewayErrors.PROCOS_GATEWAY_INSTANCES_RUN({ count: running, what, process: key, call });
  }
  for (const { id } of wanted) await engine.repository.deleteDefinition(id, cascade);
  return { key, versions: wanted.map((one) => one.version), instances: running };
}
