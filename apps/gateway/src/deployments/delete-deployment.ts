import type { DeploymentDeleted } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { refuseSystemVersions } from '../definitions/system-processes.ts';
import { runningOf } from '../definitions/wanted-versions.ts';
import { gatewayErrors } from '../errors.ts';

/**
 * Deletes a deployment with everything that came with it.
 *
 * @throws PROCOS_GATEWAY_UNKNOWN_DEPLOYMENT | PROCOS_GATEWAY_SYSTEM_PROCESS | PROCOS_GATEWAY_INSTANCES_RUN
 */
export async function deleteDeployment(engine: EngineClient, id: string, cascade: boolean): Promise<DeploymentDeleted> {
  if ((await engine.repository.deployment(id)) === undefined)
    throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_DEPLOYMENT({ id });
  const definitions = await engine.repository.definitionsOf(id);
  await refuseSystemVersions(engine, definitions);
  const counted = await Promise.all(
    definitions.map(async (one) => ({
      key: one.key,
      versions: [one.version],
      instances: await runningOf(engine, [one]),
    })),
  );
  const [busiest] = counted.toSorted((a, b) => b.instances - a.instances);
  if (busiest !== undefined && busiest.instances > 0 && !cascade) {
    const count = counted.reduce((sum, { instances }) => sum + instances, 0);
    throw gatewayErrors.PROCOS_GATEWAY_INSTANCES_RUN({
      count,
      what: `deployment ${id}`,
      process: busiest.key,
      call: `DELETE /v1/deployments/${id}?cascade=true`,
    });
  }
  await engine.repository.deleteDeployment(id, cascade);
  return { deploymentId: id, definitions: counted };
}
