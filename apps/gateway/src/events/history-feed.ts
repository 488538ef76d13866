import type { ProcosEvent } from '@procos/contracts';
import { type EngineClient, fromEngineTime } from '@procos/engine-client';
import type { Logger } from '@procos/logging';
import { historySources, type HistorySource, type RankedEvent } from './history-sources.ts';

/** Reads the engine's history while it is switched on. */
export interface HistoryFeed {
  /** Resolves after the first reading: whatever happens from then on is told. */
  start(): Promise<void>;
  stop(): void;
}

export interface HistoryFeedOptions {
  readonly engine: EngineClient;
  readonly logger: Logger;
  readonly tell: (event: ProcosEvent) => void;
  /** Pause between two readings, in milliseconds. @default 250 */
  readonly pauseMs?: number;
  /**
   * How far each reading goes back behind the newest event, in milliseconds: a transaction may become visible after a
   * later one, with the earlier time it began with. @default 2000
   */
  readonly overlapMs?: number;
}

/** The rows already told, by id, and the newest moment of them. The moments are the engine's: its clock alone counts. */
interface Cursor {
  newest: number;
  readonly told: Map<string, number>;
}

export function createHistoryFeed(options: HistoryFeedOptions): HistoryFeed {
  const { engine, logger, tell, pauseMs = 250, overlapMs = 2_000 } = options;
  const sources = historySources(engine);
  let run: AbortController | undefined;

  const reading = async (cursor: Cursor | undefined): Promise<Cursor | undefined> => {
    try {
      if (cursor === undefined) return await startingNow(engine, sources, overlapMs);
      for (const event of await freshEvents(sources, cursor, overlapMs)) tell(event);
    } catch (thrown) {
      // The engine may be restarting: the cursor stays, and the next reading tells what was missed.
      logger.debug('event_history_failed', { error: thrown });
    }
    return cursor;
  };
  const keepReading = async (first: Cursor | undefined, signal: AbortSignal): Promise<void> => {
    let cursor = first;
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      if (signal.aborted) return;
      cursor = await reading(cursor);
    }
  };
  return {
    start: async () => {
      run?.abort();
      const { signal } = (run = new AbortController());
      const cursor = await reading(undefined);
      void keepReading(cursor, signal);
    },
    stop: () => run?.abort(),
  };
}

/** A cursor before which everything counts as told. */
async function startingNow(
  engine: EngineClient,
  sources: readonly HistorySource[],
  overlapMs: number,
): Promise<Cursor> {
  const [latest] = await engine.history.activities({ sortBy: 'startTime', sortOrder: 'desc', maxResults: 1 });
  const cursor = {
    newest: latest === undefined ? 0 : Date.parse(fromEngineTime(latest.startTime)),
    told: new Map<string, number>(),
  };
  await freshEvents(sources, cursor, overlapMs);
  return cursor;
}

/**
 * The kinds of rows are read one beside the other, so one reading may see a step of the engine and miss the step before
 * it. What a second reading sees completes the first: nothing is told before what led to it.
 */
async function freshEvents(
  sources: readonly HistorySource[],
  cursor: Cursor,
  overlapMs: number,
): Promise<readonly ProcosEvent[]> {
  const since = new Date(Math.max(0, cursor.newest - overlapMs));
  const read = async () =>
    (await Promise.all(sources.map((source) => source(since))))
      .flat()
      .filter(({ event }) => !cursor.told.has(event.id));
  const first = await read();
  if (first.length === 0) return [];
  const newest = Math.max(...first.map(momentOf));
  const fresh = (await read()).filter((one) => momentOf(one) <= newest);
  for (const one of fresh) cursor.told.set(one.event.id, momentOf(one));
  cursor.newest = Math.max(cursor.newest, newest);
  for (const [id, moment] of cursor.told) if (moment < cursor.newest - 2 * overlapMs) cursor.told.delete(id);
  return fresh.toSorted((a, b) => momentOf(a) - momentOf(b) || a.rank - b.rank).map(({ event }) => event);
}

function momentOf({ event }: RankedEvent): number {
  return Date.parse(event.time);
}
