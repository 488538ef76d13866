import type { ProcosEvent } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import type { Logger } from '@procos/logging';
import type { EventFeed } from '../events/event-feed.ts';

/** Tells when instances have ended or are stopped by an incident. */
export interface SettledWatch {
  /**
   * Resolves when the instance has ended, an incident stops it, the time is over, or the signal is aborted.
   *
   * @param timeoutMs longest wait, in milliseconds
   */
  settled(instanceId: string, timeoutMs: number, signal: AbortSignal): Promise<void>;
}

/** Most instances end soon: the engine knows of it before the event is on the bus. */
const firstPauseMs = 50;
/** Behind the bus, which may be away. */
const longestPauseMs = 2_000;
const pauseGrowth = 1.5;
/** Instances that are due this soon are asked about in the same query. */
const batchWindowMs = 25;
const idsPerQuery = 200;

/** One instance and everybody who waits for it. */
interface Watched {
  readonly waiters: Set<() => void>;
  pauseMs: number;
  /** On the clock of `performance.now()`. */
  dueAt: number;
}

export interface SettledWatchOptions {
  readonly engine: EngineClient;
  /** Lives as long as the watch does. */
  readonly feed: EventFeed;
  readonly logger: Logger;
}

/**
 * Events of the bus say when an instance has settled. Behind them the engine is asked, less and less often, about all
 * watched instances together: a hundred waiting callers cost two queries per round, not two hundred. Nothing is asked
 * while nobody waits.
 */
export function createSettledWatch({ engine, feed, logger }: SettledWatchOptions): SettledWatch {
  const watched = new Map<string, Watched>();
  const round = createRounds(watched, async (ids) => {
    try {
      return await settledAmong(engine, ids);
    } catch (thrown) {
      // The engine may be restarting: waiting goes on, and the caller's own look at the instance tells the failure.
      logger.debug('settled_watch_failed', { error: thrown });
      return new Set();
    }
  });
  feed.on({
    event: (event) => {
      if (isEnd(event)) for (const wake of watched.get(event.subject ?? '')?.waiters ?? []) wake();
      // Which callers an incident stops as well the engine knows.
      if (isIncident(event)) round.soon();
    },
    gap: () => round.soon(),
  });
  const watch = (id: string, wake: () => void): (() => void) => {
    const forget = addWaiter(watched, id, wake);
    round.schedule();
    return forget;
  };
  return {
    settled: (instanceId, timeoutMs, signal) =>
      new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timeout);
          signal.removeEventListener('abort', wake);
          forget();
          resolve();
        };
        const timeout = setTimeout(wake, timeoutMs);
        const forget = watch(instanceId, wake);
        signal.addEventListener('abort', wake);
        if (signal.aborted) wake();
      }),
  };
}

/** @returns forgets it, and the instance with its last one */
function addWaiter(watched: Map<string, Watched>, id: string, wake: () => void): () => void {
  const one = watched.get(id) ?? {
    waiters: new Set(),
    pauseMs: firstPauseMs,
    dueAt: performance.now() + firstPauseMs,
  };
  watched.set(id, one);
  one.waiters.add(wake);
  return () => {
    one.waiters.delete(wake);
    if (one.waiters.size === 0 && watched.get(id) === one) watched.delete(id);
  };
}

const isEnd = ({ type }: ProcosEvent) => /^process\..*\.(?:completed|terminated|failed)$/.test(type);
const isIncident = ({ type }: ProcosEvent) => /^incident\..*\.opened$/.test(type);

/** Asks when the first instance is due, for all that are due by then, with growing pauses for each. */
function createRounds(
  watched: ReadonlyMap<string, Watched>,
  ask: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
) {
  let timer: NodeJS.Timeout | undefined;
  let asking = false;
  const schedule = () => {
    clearTimeout(timer);
    if (asking || watched.size === 0) return;
    const next = Math.min(...[...watched.values()].map((one) => one.dueAt));
    timer = setTimeout(() => void run(), Math.max(0, next - performance.now()));
  };
  const run = async () => {
    asking = true;
    const due = [...watched].filter(([, one]) => one.dueAt <= performance.now() + batchWindowMs);
    const settled = due.length === 0 ? new Set<string>() : await ask(due.map(([id]) => id));
    for (const [id, one] of due) {
      if (settled.has(id)) for (const wake of one.waiters) wake();
      one.pauseMs = Math.min(longestPauseMs, one.pauseMs * pauseGrowth);
      one.dueAt = performance.now() + one.pauseMs;
    }
    asking = false;
    schedule();
  };
  return {
    schedule,
    /** All of them are due, after a moment in which more of the same may come. */
    soon: () => {
      for (const one of watched.values()) one.dueAt = Math.min(one.dueAt, performance.now() + firstPauseMs);
      schedule();
    },
  };
}

async function settledAmong(engine: EngineClient, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const batches = Array.from({ length: Math.ceil(ids.length / idsPerQuery) }, (_, index) =>
    ids.slice(index * idsPerQuery, (index + 1) * idsPerQuery),
  );
  const found = await Promise.all(
    batches.flatMap((processInstanceIds) => [
      engine.history.instances({ processInstanceIds, finished: true }),
      engine.history.instances({ processInstanceIds, withIncidents: true, incidentStatus: 'open' }),
    ]),
  );
  return new Set(found.flat().map((instance) => instance.id));
}
