import { messageOf } from '@procos/errors';
import { engineProcessErrors } from './errors.ts';
import { keptChild } from './kept-child.ts';
import type { SupervisorParts } from './supervisor-parts.ts';
import { watchEngine } from './watch-engine.ts';

/** One engine: started when there is none, waited for, watched, ended. */
export interface EngineSupervisor {
  /** Process of the engine; `undefined` when it was not started here. */
  pid(): number | undefined;
  /**
   * Starts the engine unless one answers already.
   *
   * @throws ProcosError when what answers is no engine, or refuses the credentials
   */
  startUnlessRunning(): Promise<{ alreadyRunning: boolean }>;
  /** @throws ProcosError when the engine ends or takes too long */
  waitUntilReady(): Promise<void>;
  /** Watches the engine until stopped; restarts it when it was started here. @param afterCheck runs after each check; must not throw */
  monitor(afterCheck: (isWell: boolean) => Promise<void>): void;
  /** Ends the watching: from now on what ends is meant to end. */
  unwatch(): void;
  stop(): Promise<void>;
  kill(): void;
}

/** Nothing is started until a method is called. */
export function createEngineSupervisor(parts: SupervisorParts): EngineSupervisor {
  const { config, publish } = parts;
  const child = keptChild(parts);
  const stopped = new AbortController();
  const { signal } = stopped;
  return {
    pid: () => child.current()?.pid,
    waitUntilReady: child.waitUntilReady,
    startUnlessRunning: async () => {
      const alreadyRunning = await engineAnswers(parts);
      if (!alreadyRunning) child.start();
      return { alreadyRunning };
    },
    monitor: (afterCheck) => {
      if (!config.healthCheckEnabled) return;
      watchEngine(child, parts, signal, afterCheck).catch(
        (thrown: unknown) => signal.aborted || publish('kernel_monitor_failed', { error: messageOf(thrown) }, 'error'),
      );
    },
    unwatch: () => stopped.abort(),
    stop: async () => {
      stopped.abort();
      await child.current()?.stop();
    },
    kill: () => {
      stopped.abort();
      child.current()?.kill();
    },
  };
}

/** True when an engine that takes our credentials answers; false when nothing listens. */
async function engineAnswers({ config, engine }: SupervisorParts): Promise<boolean> {
  const { engineBaseUrl: url, engineName, engineUser: user } = config;
  const found = await engine.presence(engineName);
  if (found === 'refused') throw engineProcessErrors.PROCOS_KERNEL_ENGINE_CREDENTIALS({ url, user });
  if (found === 'foreign') throw engineProcessErrors.PROCOS_KERNEL_ENGINE_FOREIGN({ url });
  return found === 'engine';
}
