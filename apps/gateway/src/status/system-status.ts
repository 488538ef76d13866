import { processKeys, systemBusinessKey, type SystemStatus } from '@procos/contracts';
import { type EngineClient, EngineRequestError, EngineUnreachableError } from '@procos/engine-client';
import type { ServiceDirectory } from '@procos/service-directory';
import { rootCauses } from '../incidents/incident-view.ts';
import { instanceState } from '../instances/instance-state.ts';
import { askServices, type ServiceStatus } from '../services/ask-services.ts';
import type { FullDisk, RoomWatch } from '../room/room-watch.ts';
import { diskProblem, hasBooted, problemsOf } from './status-problems.ts';

export type EngineFacts = Pick<SystemStatus, 'engine' | 'orchestrator' | 'instances' | 'incidents'>;

/** The state of the whole system. Answered also while parts of it are down: that is what it is for. */
export async function systemStatus(
  { engine, directory, room }: StatusSources,
  uptimeMs: number,
): Promise<SystemStatus> {
  const [facts, services, full] = await Promise.all([engineFacts(engine), askServices(directory), room.full()]);
  const state = overall(facts, services, full);
  const problems = [...(full === undefined ? [] : [diskProblem(full)]), ...problemsOf(state, facts, services)];
  return { state, ...facts, services, problems, uptimeMs: Math.round(uptimeMs) };
}

export interface StatusSources {
  readonly engine: EngineClient;
  readonly directory: ServiceDirectory;
  readonly room: RoomWatch;
}

function overall(
  { engine, orchestrator }: EngineFacts,
  services: readonly ServiceStatus[],
  full: FullDisk | undefined,
): SystemStatus['state'] {
  if (!engine.reachable) return 'ENGINE_DOWN';
  if (orchestrator === null && !hasBooted(services)) return 'NOT_BOOTED';
  const isWell = orchestrator?.state === 'RUNNING' && services.every((service) => service.ready);
  return isWell && full === undefined ? 'RUNNING' : 'DEGRADED';
}

async function engineFacts(engine: EngineClient): Promise<EngineFacts> {
  const url = engine.baseUrl;
  try {
    const [version, [orchestrator], active, incidents] = await Promise.all([
      engine.version(),
      engine.history.instances({ ...orchestratorFilter, unfinished: true }, { maxResults: 1 }),
      engine.runtime.countInstances(),
      rootCauses(engine),
    ]);
    return {
      engine: { reachable: true, version, url },
      orchestrator:
        orchestrator === undefined ? null : { instanceId: orchestrator.id, state: instanceState(orchestrator) },
      instances: { active },
      incidents: { open: incidents.length },
    };
  } catch (thrown) {
    if (!(thrown instanceof EngineUnreachableError) && !(thrown instanceof EngineRequestError)) throw thrown;
    return {
      engine: { reachable: false, version: null, url },
      orchestrator: null,
      instances: { active: 0 },
      incidents: { open: 0 },
    };
  }
}

const orchestratorFilter = {
  processDefinitionKey: processKeys.systemOrchestrator,
  processInstanceBusinessKey: systemBusinessKey,
};
