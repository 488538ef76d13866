import { processKeys, systemBusinessKey, type SystemStatus } from '@procos/contracts';
import { type EngineClient, EngineRequestError, EngineUnreachableError } from '@procos/engine-client';
import type { EventBus } from '@procos/event-bus';
import type { ServiceDirectory } from '@procos/service-directory';
import { rootCauses } from '../incidents/incident-view.ts';
import { instanceState } from '../instances/instance-state.ts';
import { type AskedServices, askServices, type ServiceStatus } from '../services/ask-services.ts';
import type { FullDisk, RoomWatch } from '../room/room-watch.ts';
import { directoryProblem, diskProblem, hasBooted, problemsOf } from './status-problems.ts';

type EngineFacts = Pick<SystemStatus, 'engine' | 'orchestrator' | 'instances' | 'incidents'>;

/** The state of the whole system. Answered also while parts of it are down: that is what it is for. */
export async function systemStatus(
  { engine, directory, eventBus, room }: StatusSources,
  uptimeMs: number,
): Promise<SystemStatus> {
  const [engineSide, asked, full] = await Promise.all([engineFacts(engine), askServices(directory), room.full()]);
  const { services, unlisted } = asked;
  const facts = { ...engineSide, broker: brokerFacts(eventBus) };
  const state = overall(facts, asked, full);
  const problems = [
    ...(full === undefined ? [] : [diskProblem(full)]),
    ...(unlisted === undefined ? [] : [directoryProblem(unlisted)]),
    ...problemsOf(state, facts, services),
  ];
  return {
    state,
    ...facts,
    services: [...services],
    processes: processesOf(services),
    problems,
    uptimeMs: Math.round(uptimeMs),
  };
}

export interface StatusSources {
  readonly engine: EngineClient;
  readonly directory: ServiceDirectory;
  readonly eventBus: EventBus;
  readonly room: RoomWatch;
}

function overall(
  { engine, orchestrator, broker }: EngineFacts & Pick<SystemStatus, 'broker'>,
  { services, unlisted }: AskedServices,
  full: FullDisk | undefined,
): SystemStatus['state'] {
  if (!engine.reachable) return 'ENGINE_DOWN';
  if (orchestrator === null && !hasBooted(services)) return 'NOT_BOOTED';
  const isWell =
    orchestrator?.state === 'RUNNING' && unlisted === undefined && services.every((service) => service.ready);
  return isWell && broker?.reachable !== false && full === undefined ? 'RUNNING' : 'DEGRADED';
}

function brokerFacts(eventBus: EventBus): SystemStatus['broker'] {
  const broker = eventBus.broker();
  if (broker === undefined) return null;
  const away = eventBus.awayBecause();
  return { reachable: away === undefined, version: broker.version ?? null, url: broker.url, reason: away ?? null };
}

/** Who runs in which process: our services say theirs, and the kernel that of the engine it has started. */
function processesOf(services: readonly ServiceStatus[]): SystemStatus['processes'] {
  const places = services.flatMap(({ name, details }) => [
    { part: name, pid: details['pid'] },
    ...(name === 'kernel' ? [{ part: 'engine', pid: details['engine_pid'] }] : []),
  ]);
  const parts = new Map<number, string[]>();
  for (const { part, pid } of places)
    if (typeof pid === 'number' && Number.isInteger(pid)) parts.set(pid, [...(parts.get(pid) ?? []), part]);
  return [...parts].map(([pid, names]) => ({ pid, parts: names })).toSorted((a, b) => a.pid - b.pid);
}

async function engineFacts(engine: EngineClient): Promise<EngineFacts> {
  const url = engine.baseUrl;
  try {
    const [version, processes, [orchestrator], active, incidents] = await Promise.all([
      engine.version(),
      engine.repository.countProcesses(),
      engine.history.instances({ ...orchestratorFilter, unfinished: true }, { maxResults: 1 }),
      engine.runtime.countInstances(),
      rootCauses(engine),
    ]);
    return {
      engine: { reachable: true, version, url, processes },
      orchestrator:
        orchestrator === undefined ? null : { instanceId: orchestrator.id, state: instanceState(orchestrator) },
      instances: { active },
      incidents: { open: incidents.length },
    };
  } catch (thrown) {
    if (!(thrown instanceof EngineUnreachableError) && !(thrown instanceof EngineRequestError)) throw thrown;
    return {
      engine: { reachable: false, version: null, url, processes: 0 },
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
