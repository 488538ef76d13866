import { kernelSource, processKeys } from '@procos/contracts';
import type { EngineClient, ProcessDefinition } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';

const systemKeys = new Set<string>(Object.values(processKeys));

/** @throws PROCOS_GATEWAY_SYSTEM_PROCESS when ProcOS is made of the process */
export function refuseSystemProcess(key: string, action: 'suspended' | 'deleted'): void {
  if (systemKeys.has(key)) throw gatewayErrors.PROCOS_GATEWAY_SYSTEM_PROCESS({ process: key, action });
}

/**
 * A version that somebody deployed on top of a process of the system is theirs, and may be taken away again.
 *
 * @throws PROCOS_GATEWAY_SYSTEM_PROCESS when the kernel has deployed the version, or it is the only one
 */
export async function refuseSystemVersions(engine: EngineClient, wanted: readonly ProcessDefinition[]): Promise<void> {
  for (const { id, key, deploymentId } of wanted) {
    if (!systemKeys.has(key)) continue;
    const [versions, deployment] = await Promise.all([
      engine.repository.versions(key),
      engine.repository.deployment(deploymentId),
    ]);
    const remains = versions.some((one) => one.id !== id && !wanted.some((other) => other.id === one.id));
    if (!remains || deployment?.source === kernelSource) refuseSystemProcess(key, 'deleted');
  }
}
