import { rmSync, writeFileSync } from 'node:fs';
import type { Config } from '@procos/config';
import { createEngineClient } from '@procos/engine-client';
import { createEngineSupervisor } from '@procos/engine-process';
import { messageOf } from '@procos/errors';
import { type App, createHttpService, type HttpService } from '@procos/service-kit';
import { createMetrics } from '@procos/telemetry';
import { bootstrap } from './bootstrap.ts';
import type { kernelFields } from './config.ts';
import { createCounters, createPublish } from './kernel-events.ts';
import type { KernelDeps, KernelParts, PhaseResult } from './kernel-parts.ts';
import { runShutdownProcess } from './orchestrator.ts';

export interface Kernel extends App {
  phases(): readonly PhaseResult[];
  /** Process of the engine; `undefined` when the kernel did not start it. */
  enginePid(): number | undefined;
  /** Emergency: ends the engine at once, without the shutdown process. */
  kill(signal: string): void;
}

/** The microkernel: starts the engine, deploys the root processes, hands over control, watches health. Nothing else. */
export function createApp(config: Config<typeof kernelFields>, deps: KernelDeps): Kernel {
  const parts = assemble(config, deps);
  const { supervisor, publish } = parts;
  let phases: readonly PhaseResult[] = [];
  let stopping: Promise<void> | undefined;
  const http = openHttp(parts, deps, () => phases);
  return {
    name: 'kernel',
    url: http.url,
    phases: () => phases,
    enginePid: supervisor.pid,
    start: async () => {
      publish('kernel_starting', { version: config.version, env: config.environment });
      await http.start();
      phases = await bootstrap(parts);
      writeFileSync(config.readinessFile, new Date().toISOString());
    },
    stop: (signal) =>
      (stopping ??= shutDown(parts, { signal, hasBooted: phases.length > 0, before: deps.beforeEngineStop, http })),
    kill: (signal) => {
      publish('kernel_signal', { signal, message: 'Second signal: stopping at once' }, 'warn');
      supervisor.kill();
    },
  };
}

function assemble(config: Config<typeof kernelFields>, deps: KernelDeps): KernelParts {
  const { env, onPhase = () => undefined, onEnginePid } = deps;
  const counters = createCounters();
  const publish = createPublish(deps.logger, deps.eventBus);
  const engine = createEngineClient({
    baseUrl: `${config.engineBaseUrl}/engine-rest`,
    user: config.engineUser,
    ...(config.enginePassword === undefined ? {} : { password: config.enginePassword.reveal() }),
  });
  const supervisor = createEngineSupervisor({ config, engine, env, publish, counters, onEnginePid });
  return { config, engine, eventBus: deps.eventBus, supervisor, counters, publish, onPhase };
}

function openHttp(
  { config, engine, supervisor, counters }: KernelParts,
  { logger }: KernelDeps,
  phasesSoFar: () => readonly PhaseResult[],
): HttpService {
  const metrics = createMetrics();
  metrics.observe('procos_kernel_count', 'What the kernel counted since its start.', 'counter', () => ({
    ...counters,
  }));
  const readiness = async () => {
    const phases = phasesSoFar();
    return {
      ready: phases.length > 0 && (await engine.isReady()),
      details: { phases, counters, engine_pid: supervisor.pid() },
    };
  };
  return createHttpService({ name: 'kernel', ...config, logger, metrics, readiness });
}

interface Ending {
  readonly signal: string | undefined;
  readonly hasBooted: boolean;
  /** Runs between the shutdown process and the end of the engine. */
  readonly before: KernelDeps['beforeEngineStop'];
  readonly http: HttpService;
}

/** In good order: the shutdown process, the other apps, the engine. */
async function shutDown(parts: KernelParts, { signal, hasBooted, before, http }: Ending): Promise<void> {
  const { config, engine, supervisor, publish } = parts;
  if (signal !== undefined) publish('kernel_signal', { signal, message: 'Shutting down in good order' });
  publish('kernel_stopping');
  supervisor.unwatch();
  if (hasBooted) {
    try {
      const timeoutMs = config.shutdownTimeoutSeconds * 1_000;
      const ended = await runShutdownProcess(engine, 'The kernel was asked to stop', timeoutMs);
      if (!ended) publish('kernel_shutdown_process_timed_out', {}, 'warn');
    } catch (thrown) {
      publish('kernel_shutdown_process_failed', { error: messageOf(thrown) }, 'error');
    }
  }
  rmSync(config.readinessFile, { force: true });
  await before?.();
  await supervisor.stop();
  await http.stop();
  await engine.close();
  publish('kernel_stopped');
}
