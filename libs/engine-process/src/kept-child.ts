import { setTimeout as delay } from 'node:timers/promises';
import { engineProcessErrors } from './errors.ts';
import { type EngineProcess, startEngineProcess } from './engine-process.ts';
import type { SupervisorParts } from './supervisor-parts.ts';

/** The place of the one engine that is ours: each start puts another process into it. */
export interface KeptChild {
  /** The process started last; `undefined` when none was. */
  current(): EngineProcess | undefined;
  /** Starts one, when a built engine is configured. */
  start(): void;
  /** @throws ProcosError when the engine ends or takes too long */
  waitUntilReady(): Promise<void>;
}

/** Nothing is started yet. */
export function keptChild({ config, engine, env, counters, onEnginePid }: SupervisorParts): KeptChild {
  let child: EngineProcess | undefined;
  const { engineBaseUrl: url, engineLogFile: log, startupTimeoutSeconds: seconds } = config;
  return {
    current: () => child,
    start: () => {
      if (config.engineHome === undefined) return;
      child = startEngineProcess({
        home: config.engineHome,
        port: Number(new URL(url).port || 80),
        dataDir: config.engineDataDir,
        logFile: log,
        user: config.engineUser,
        password: config.enginePassword?.reveal() ?? '',
        env,
      });
      onEnginePid?.(child.pid);
    },
    waitUntilReady: async () => {
      const deadline = performance.now() + seconds * 1_000;
      for (let attempt = 1; attempt <= config.readyMaxAttempts && performance.now() < deadline; attempt++) {
        if (child?.hasEnded()) {
          const [reason, output] = [await child.ended, child.lastWords()];
          throw engineProcessErrors.PROCOS_KERNEL_ENGINE_START({ reason, output, log });
        }
        counters.camunda_wait_attempts++;
        if (await engine.isReady()) return;
        await delay((config.readyBaseSleepSeconds + Math.random() * config.readyJitterSeconds) * 1_000);
      }
      throw engineProcessErrors.PROCOS_KERNEL_ENGINE_UNREACHABLE({ url, seconds, log });
    },
  };
}
