import type { DefinitionsChanged } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { refuseSystemProcess } from './system-processes.ts';
import { runningOf, wantedVersions } from './wanted-versions.ts';

export interface Switch {
  readonly key: string;
  /** @default all versions */
  readonly version?: number | undefined;
  readonly suspended: boolean;
  /** The running instances as well. @default false */
  readonly instances?: boolean | undefined;
}

/**
 * Suspends a process, so that nothing starts, or lets it start again.
 *
 * @throws PROCOS_GATEWAY_UNKNOWN_PROCESS | PROCOS_GATEWAY_UNKNOWN_VERSION | PROCOS_GATEWAY_SYSTEM_PROCESS
 */
export async function switchDefinition(
  engine: EngineClient,
  { key, version, suspended, instances = false }: Switch,
): Promise<DefinitionsChanged> {
  const wanted = await wantedVersions(engine, key, version);
  if (suspended) refuseSystemProcess(key, 'suspended');
  const running = instances ? await runningOf(engine, wanted) : 0;
  for (const { id } of wanted) await engine.repository.setSuspended(id, suspended, instances);
  return { key, versions: wanted.map((one) => one.version), instances: running };
}
