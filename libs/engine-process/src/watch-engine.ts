import { setTimeout as delay } from 'node:timers/promises';
import { growingWait, messageOf } from '@procos/errors';
import type { KeptChild } from './kept-child.ts';
import type { SupervisorParts } from './supervisor-parts.ts';

/** Longest wait between two restarts in a row, in seconds. */
const longestBackoffSeconds = 60;

/** Looks at the engine every interval, and at once when our process ends; restarts ours when it is gone or stays ill. Returns when aborted. */
export async function watchEngine(
  child: KeptChild,
  parts: SupervisorParts,
  signal: AbortSignal,
  afterCheck: (isWell: boolean) => Promise<void>,
): Promise<void> {
  const { config, engine, publish, counters } = parts;
  const never = new Promise<never>(() => undefined);
  for (let failures = 0; !signal.aborted; ) {
    const pause = delay(config.healthCheckIntervalSeconds * 1_000, undefined, { signal });
    const end = await Promise.race([pause, child.current()?.ended ?? never]);
    const isWell = end === undefined && (await engine.isReady());
    counters[isWell ? 'health_checks_ok' : 'health_checks_fail']++;
    failures = isWell ? 0 : failures + 1;
    if (!isWell) publish('kernel_engine_unhealthy', { failures, ended: end ?? null }, 'warn');
    if (child.current() !== undefined && (end !== undefined || failures >= config.healthMaxFailures)) {
      await restartEngine(child, parts, signal, end ?? `${failures} failed health checks`);
      failures = 0;
    }
    if (!signal.aborted) await afterCheck(isWell);
  }
}

/** Kills and starts until it is ready, with a wait that doubles. Returns when it is, or when aborted. */
async function restartEngine(
  child: KeptChild,
  { config, publish, counters }: SupervisorParts,
  signal: AbortSignal,
  reason: string,
): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt++) {
    if (attempt > 1) {
      const seconds = growingWait(
        { first: config.healthBackoffBaseSeconds, longest: longestBackoffSeconds },
        attempt - 1,
      );
      await delay(seconds * 1_000, undefined, { signal });
    }
    counters.engine_restarts++;
    publish('kernel_engine_restarting', { reason, attempt }, 'warn');
    try {
      child.current()?.kill();
      await child.current()?.ended;
      child.start();
      await child.waitUntilReady();
      return publish('kernel_engine_restarted', { attempt });
    } catch (thrown) {
      publish('kernel_engine_restart_failed', { error: messageOf(thrown) }, 'error');
    }
  }
}
