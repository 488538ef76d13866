import { rmSync, writeFileSync } from 'node:fs';
import type { Config } from '@procos/config';
import { createEngineClient } from '@procos/engine-client';
import { messageOf } from '@procos/errors';
import { type App, createHttpService } from '@procos/service-kit';
import { createMetrics } from '@procos/telemetry';
import { bootstrap } from './bootstrap.ts';
import { type kernelFields, portVariable } from './config.ts';
import { createEngineSupervisor } from './engine-supervisor.ts';
import { createCounters, createTell } from './kernel-events.ts';
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
  const { logger, eventBus, env, onPhase = () => undefined, onEnginePid, beforeEngineStop } = deps;
  const counters = createCounters();
  const metrics = createMetrics();
  const tell = createTell(logger, eventBus);
  const engine = createEngineClient({
    baseUrl: `${config.engineBaseUrl}/engine-rest`,
    user: config.engineUser,
    ...(config.enginePassword === undefined ? {} : { password: config.enginePassword.reveal() }),
  });
  const supervisor = createEngineSupervisor({ config, engine, env, tell, counters, onEnginePid });
  const parts: KernelParts = { config, engine, supervisor, counters, env, tell, onPhase };
  let phases: readonly PhaseResult[] = [];
  let stopping: Promise<void> | undefined;
  const http = createHttpService({
    name: 'kernel',
    ...config,
    portVariable,
    logger,
    metrics,
    readiness: async () => ({ ready: phases.length > 0 && (await engine.isReady()), details: { phases, counters, engine_pid: supervisor.pid() } }),
  });
  metrics.observe('procos_kernel_count', 'What the kernel counted since its start.', 'counter', () => counters);

  const shutDown = async (signal?: string) => {
    if (signal !== undefined) tell('kernel_signal', { signal, message: 'Shutting down in good order' });
    tell('kernel_stopping');
    supervisor.unwatch();
    if (phases.length > 0) {
      try {
        const ended = await runShutdownProcess(engine, 'The kernel was asked to stop', config.shutdownTimeoutSeconds * 1_000);
        if (!ended) tell('kernel_shutdown_process_timed_out', {}, 'warn');
      } catch (thrown) {
        tell('kernel_shutdown_process_failed', { error: messageOf(thrown) }, 'error');
      }
    }
    rmSync(config.readinessFile, { force: true });
    await beforeEngineStop?.();
    await supervisor.stop();
    await http.stop();
    await engine.close();
    tell('kernel_stopped');
  };

  return {
    name: 'kernel',
    url: http.url,
    phases: () => phases,
    enginePid: supervisor.pid,
    start: async () => {
      tell('kernel_starting', { version: config.version, env: config.environment });
      await http.start();
      phases = await bootstrap(parts);
      writeFileSync(config.readinessFile, new Date().toISOString());
    },
    stop: (signal) => (stopping ??= shutDown(signal)),
    kill: (signal) => {
      tell('kernel_signal', { signal, message: 'Second signal: stopping at once' }, 'warn');
      supervisor.kill();
    },
  };
}
