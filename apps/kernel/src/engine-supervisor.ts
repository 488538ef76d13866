import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { EngineRequestError, EngineUnreachableError } from '@procos/engine-client';
import { type EngineProcess, startEngineProcess } from '@procos/engine-process';
import { messageOf } from '@procos/errors';
import { kernelErrors } from './errors.ts';
import type { EngineSupervisor, KernelDeps, KernelParts } from './kernel-parts.ts';

type SupervisorParts = Pick<KernelParts, 'config' | 'engine' | 'env' | 'tell' | 'counters'> & Pick<KernelDeps, 'onEnginePid'>;

/** Starts the engine, waits for it, and keeps it running. */
export function createEngineSupervisor({ config, engine, env, tell, counters, onEnginePid }: SupervisorParts): EngineSupervisor {
  const { engineBaseUrl, engineHome, engineDataDir, engineLogFile, engineUser, startupTimeoutSeconds } = config;
  let child: EngineProcess | undefined;
  const stopped = new AbortController();
  const { signal } = stopped;

  const startChild = () => {
    if (engineHome === undefined) return;
    const port = Number(new URL(engineBaseUrl).port || 80);
    const password = config.enginePassword?.reveal() ?? '';
    child = startEngineProcess({ home: engineHome, port, dataDir: engineDataDir, logFile: engineLogFile, user: engineUser, password, env });
    onEnginePid?.(child.pid);
  };

  const waitUntilReady = async () => {
    const deadline = performance.now() + startupTimeoutSeconds * 1_000;
    for (let attempt = 1; attempt <= config.readyMaxAttempts && performance.now() < deadline; attempt++) {
      if (child?.hasEnded()) {
        throw kernelErrors.PROCOS_KERNEL_ENGINE_START({ reason: await child.ended, output: child.lastWords(), log: engineLogFile });
      }
      counters.camunda_wait_attempts++;
      if (await engine.isReady()) return;
      await delay((config.readyBaseSleepSeconds + Math.random() * config.readyJitterSeconds) * 1_000);
    }
    throw kernelErrors.PROCOS_KERNEL_ENGINE_UNREACHABLE({ url: engineBaseUrl, seconds: startupTimeoutSeconds, log: engineLogFile });
  };

  const restart = async (reason: string) => {
    for (let attempt = 0; !signal.aborted; attempt++) {
      if (attempt > 0) await delay(Math.min(60, config.healthBackoffBaseSeconds * 2 ** (attempt - 1)) * 1_000, undefined, { signal });
      counters.engine_restarts++;
      tell('kernel_engine_restarting', { reason, attempt: attempt + 1 }, 'warn');
      try {
        child?.kill();
        await child?.ended;
        startChild();
        await waitUntilReady();
        return tell('kernel_engine_restarted', { attempt: attempt + 1 });
      } catch (thrown) {
        tell('kernel_engine_restart_failed', { error: messageOf(thrown) }, 'error');
      }
    }
  };

  const writeSnapshot = async () => {
    if (config.metricsSnapshotFile !== undefined) await writeFile(config.metricsSnapshotFile, JSON.stringify(counters));
  };

  const watch = async (whenWell: () => Promise<void>) => {
    const never = new Promise<never>(() => undefined);
    for (let failures = 0; !signal.aborted; ) {
      const pause = delay(config.healthCheckIntervalSeconds * 1_000, undefined, { signal });
      const end = await Promise.race([pause, child?.ended ?? never]);
      const healthy = end === undefined && (await engine.isReady());
      counters[healthy ? 'health_checks_ok' : 'health_checks_fail']++;
      failures = healthy ? 0 : failures + 1;
      if (!healthy) tell('kernel_engine_unhealthy', { failures, ended: end ?? null }, 'warn');
      if (child !== undefined && (end !== undefined || failures >= config.healthMaxFailures)) {
        await restart(end ?? `${failures} failed health checks`);
        failures = 0;
      }
      if (healthy && !signal.aborted) await whenWell().catch((thrown: unknown) => tell('kernel_orchestrator_check_failed', { error: messageOf(thrown) }, 'error'));
      tell('kernel_metrics_snapshot', { metrics: { ...counters } });
      // A full disk must not end the watch over the engine.
      await writeSnapshot().catch((thrown: unknown) => tell('kernel_metrics_not_written', { error: messageOf(thrown) }, 'warn'));
    }
  };

  return {
    pid: () => child?.pid,
    waitUntilReady,
    startUnlessRunning: async () => {
      const alreadyRunning = await engineAnswers(config, engine);
      if (!alreadyRunning) startChild();
      return { alreadyRunning };
    },
    monitor: (whenWell) => {
      if (!config.healthCheckEnabled) return;
      watch(whenWell).catch((thrown: unknown) => signal.aborted || tell('kernel_monitor_failed', { error: messageOf(thrown) }, 'error'));
    },
    unwatch: () => stopped.abort(),
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
async function engineAnswers({ engineBaseUrl: url, engineName, engineUser: user }: KernelParts['config'], engine: KernelParts['engine']): Promise<boolean> {
  try {
    const names: unknown = await engine.engines();
    if (Array.isArray(names) && names.includes(engineName)) return true;
  } catch (thrown) {
    if (thrown instanceof EngineUnreachableError) return false;
    const status = thrown instanceof EngineRequestError ? thrown.status : undefined;
    if (status === 401 || status === 403) throw kernelErrors.PROCOS_KERNEL_ENGINE_CREDENTIALS({ url, user }, thrown);
  }
  throw kernelErrors.PROCOS_KERNEL_ENGINE_FOREIGN({ url });
}
