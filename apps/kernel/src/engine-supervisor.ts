import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '@procos/config';
import type { EngineClient } from '@procos/engine-client';
import type { kernelFields } from './config.ts';
import { type EngineProcess, startEngineProcess } from './engine-process.ts';
import { kernelErrors } from './errors.ts';
import type { Tell } from './kernel-events.ts';
import type { KernelCounters } from './counters.ts';

export interface EngineSupervisor {
  /** Process of the engine; `undefined` when the kernel did not start it. */
  pid(): number | undefined;
  /** Starts the engine unless one answers already. */
  startUnlessRunning(): Promise<{ alreadyRunning: boolean }>;
  /** @throws ProcosError when the engine ends or takes too long */
  waitUntilReady(): Promise<void>;
  /** Watches the engine until stopped; restarts it when the kernel started it. */
  monitor(): void;
  stop(): Promise<void>;
  kill(): void;
}

interface SupervisorParts {
  readonly config: Config<typeof kernelFields>;
  readonly engine: EngineClient;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly tell: Tell;
  readonly counters: KernelCounters;
}

/** Starts the engine, waits for it, and keeps it running. */
export function createEngineSupervisor({ config, engine, env, tell, counters }: SupervisorParts): EngineSupervisor {
  let child: EngineProcess | undefined;
  const stopped = new AbortController();

  const spawnEngine = () => {
    child = startEngineProcess({
      home: config.engineHome ?? '',
      port: Number(new URL(config.engineBaseUrl).port || 80),
      dataDir: config.engineDataDir,
      logFile: config.engineLogFile,
      user: config.engineUser,
      password: config.enginePassword?.reveal() ?? '',
      env,
    });
  };

  const waitUntilReady = async () => {
    const deadline = performance.now() + config.startupTimeoutSeconds * 1_000;
    for (let attempt = 1; attempt <= config.readyMaxAttempts && performance.now() < deadline; attempt++) {
      if (child?.hasEnded()) {
        throw kernelErrors.PROCOS_KERNEL_ENGINE_START({ reason: await child.ended, output: child.lastWords(), log: config.engineLogFile });
      }
      counters.camunda_wait_attempts++;
      if (await engine.isReady()) return;
      await delay(config.readyBaseSleepMs + Math.random() * config.readyJitterMs);
    }
    throw kernelErrors.PROCOS_KERNEL_ENGINE_UNREACHABLE({ url: config.engineBaseUrl, seconds: config.startupTimeoutSeconds, log: config.engineLogFile });
  };

  const restart = async (reason: string) => {
    for (let attempt = 0; !stopped.signal.aborted; attempt++) {
      if (attempt > 0) await delay(Math.min(60, config.healthBackoffBaseSeconds * 2 ** (attempt - 1)) * 1_000, undefined, { signal: stopped.signal });
      counters.engine_restarts++;
      tell('kernel_engine_restarting', { reason, attempt: attempt + 1 }, 'warn');
      try {
        child?.kill();
        await child?.ended;
        spawnEngine();
        await waitUntilReady();
        tell('kernel_engine_restarted', { attempt: attempt + 1 });
        return;
      } catch (thrown) {
        tell('kernel_engine_restart_failed', { error: thrown instanceof Error ? thrown.message : String(thrown) }, 'error');
      }
    }
  };

  const monitor = async () => {
    let failures = 0;
    while (!stopped.signal.aborted) {
      const end = await Promise.race([
        delay(config.healthCheckIntervalSeconds * 1_000, undefined, { signal: stopped.signal }),
        child?.ended ?? new Promise<never>(() => undefined),
      ]);
      const healthy = end === undefined && (await engine.isReady());
      counters[healthy ? 'health_checks_ok' : 'health_checks_fail']++;
      failures = healthy ? 0 : failures + 1;
      if (!healthy) tell('kernel_engine_unhealthy', { failures, ended: end ?? null }, 'warn');
      if (child !== undefined && (end !== undefined || failures >= config.healthMaxFailures)) {
        await restart(end ?? `${failures} failed health checks`);
        failures = 0;
      }
      tell('kernel_metrics_snapshot', { metrics: { ...counters } });
    }
  };

  return {
    pid: () => child?.pid,
    startUnlessRunning: async () => {
      const alreadyRunning = await engineAnswers(config, engine);
      if (!alreadyRunning) spawnEngine();
      return { alreadyRunning };
    },
    waitUntilReady,
    monitor: () => {
      if (config.healthCheckEnabled) void monitor().catch((thrown: unknown) => stopped.signal.aborted || tell('kernel_monitor_failed', { error: String(thrown) }, 'error'));
    },
    stop: async () => {
      stopped.abort();
      await child?.stop();
    },
    kill: () => {
      stopped.abort();
      child?.kill();
    },
  };
}

/** True when an engine that takes our credentials answers; false when nothing listens. */
async function engineAnswers(config: Config<typeof kernelFields>, engine: EngineClient): Promise<boolean> {
  try {
    const names: unknown = await engine.engines();
    if (Array.isArray(names) && names.includes(config.engineName)) return true;
  } catch (thrown) {
    const status = thrown instanceof Error && 'status' in thrown ? thrown.status : undefined;
    if (status === undefined) return false;
    if (status === 401 || status === 403) {
      throw kernelErrors.PROCOS_KERNEL_ENGINE_CREDENTIALS({ url: config.engineBaseUrl, user: config.engineUser }, thrown);
    }
  }
  throw kernelErrors.PROCOS_KERNEL_ENGINE_FOREIGN({ url: config.engineBaseUrl });
}
