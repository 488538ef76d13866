import type { SystemStatus } from '@procos/contracts';
import { megabytes } from '../room/refuse-when-full.ts';
import type { FullDisk } from '../room/room-watch.ts';
import type { ServiceStatus } from '../services/ask-services.ts';

type Problem = SystemStatus['problems'][number];

/** The kernel is ready once the boot is complete: from then on an orchestrator that does not run has been lost. */
export function hasBooted(services: readonly ServiceStatus[]): boolean {
  return services.some(({ name, ready }) => name === 'kernel' && ready);
}

/** Why a system is not RUNNING, each with what is done about it or what to do. */
export function problemsOf(
  state: SystemStatus['state'],
  { engine, orchestrator, broker }: Pick<SystemStatus, 'engine' | 'orchestrator' | 'broker'>,
  services: readonly ServiceStatus[],
): Problem[] {
  const sick = [...brokerProblems(broker), ...serviceProblems(services)];
  if (state === 'ENGINE_DOWN')
    return [
      {
        what: `The engine at ${engine.url} does not answer.`,
        remedy:
          'A kernel that started it restarts it. When it stays away, look at engine.log in the logs of the system.',
      },
      ...sick,
    ];
  if (state === 'NOT_BOOTED')
    return [
      {
        what: 'The engine runs, but the system has not booted on it.',
        remedy: 'Wait for the boot to finish. When nothing boots, start the kernel: npx procos up.',
      },
      ...sick,
    ];
  if (orchestrator === null) return [lost, ...sick];
  if (orchestrator.state !== 'RUNNING')
    return [
      {
        what: `The orchestrator is ${orchestrator.state}.`,
        remedy:
          'Resume its instance in the engine: until then the system can neither boot services anew nor shut down in good order.',
      },
      ...sick,
    ];
  return sick;
}

/** Nothing new is begun until there is room. */
export const diskProblem = (full: FullDisk): Problem => ({
  what: `The disk of ${full.folder} is full: ${megabytes(full)} left. Nothing new is begun.`,
  remedy: 'Free some room there: then it goes on by itself.',
});

/** Which services there are is not known then. */
export const directoryProblem = (reason: string): Problem => ({
  what: `The service directory cannot be asked: ${reason}`,
  remedy:
    'Look whether Consul runs where CONSUL_URL says, and lets in the token of CONSUL_HTTP_TOKEN. Processes run on; services are shown when it is back.',
});

function brokerProblems(broker: SystemStatus['broker']): readonly Problem[] {
  if (broker === null || broker.reachable) return [];
  const what = `RabbitMQ at ${broker.url} is away: ${broker.reason ?? 'no reason is known'}.`;
  const remedy =
    'Look whether it runs where RABBITMQ_URL says. Processes run on; events are published when it is back.';
  return [{ what, remedy }];
}

function serviceProblems(services: readonly ServiceStatus[]): readonly Problem[] {
  const sick = services.filter(({ ready }) => !ready);
  return sick.map(({ name }) => ({ what: `Service ${name} is not ready.`, remedy: serviceRemedy }));
}

const serviceRemedy =
  'The health monitoring has it restarted. `details` of the service, and its log, say what it waits for.';

const lost: Problem = {
  what: 'The orchestrator has been ended and does not run.',
  remedy:
    'The kernel starts it again at its next health check (HEALTH_CHECK_INTERVAL, ten seconds). When it does not, look at the log of the kernel, or boot anew: npx procos restart.',
};
