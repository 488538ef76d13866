import { setTimeout as delay } from 'node:timers/promises';
import type { EventBus } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import { DirectoryAwayError, LeadershipLostError, type Term } from '@procos/service-directory';
import { type Cursor, cursorText, parseCursor, startingAt } from './cursor.ts';
import type { HistoryEvent } from './history-event.ts';
import type { NextEvents } from './next-events.ts';
import type { OutboxState } from './outbox-state.ts';
import { createPace } from './pace.ts';

export interface OutboxOptions {
  readonly nextEvents: (cursor: Cursor) => Promise<NextEvents>;
  readonly eventBus: Pick<EventBus, 'publish'>;
  readonly logger: Logger;
  readonly state: OutboxState;
  /** Pause between two readings while things happen, in milliseconds. */
  readonly pollMs: number;
  readonly windowMs: number;
  /** Where to begin when there is no cursor, in milliseconds on the engine's clock. */
  readonly beginning: () => Promise<number>;
}

/** Events given to the bus at once. */
const atOnce = 250;
const longestWaitMs = 5_000;

/**
 * Tells the engine's history, from where the leader before has stopped, until the term is over or the signal is aborted.
 * The history is the outbox: an event is told when it is in the history, and the cursor moves when the bus has confirmed it.
 */
export async function tellHistory(options: OutboxOptions, term: Term, signal: AbortSignal): Promise<void> {
  const { logger, state, pollMs } = options;
  const pace = createPace(pollMs);
  const over = AbortSignal.any([signal, term.lost]);
  let cursor: Cursor | undefined;
  let failures = 0;
  while (!over.aborted) {
    let pauseMs: number;
    const began = performance.now();
    try {
      cursor ??= await loadCursor(options, term);
      const { told, more } = await tellNext(options, term, cursor);
      failures = 0;
      state.went();
      pauseMs = more ? 0 : pace.after(told > 0, performance.now() - began);
    } catch (thrown) {
      if (thrown instanceof LeadershipLostError) throw thrown;
      // Engine, broker or directory are away: the cursor stays, so nothing is lost.
      failures += 1;
      state.failed(thrown);
      if (failures === 1) logger.warn('event_outbox_waits', { error: thrown });
      pauseMs = Math.min(pollMs * 2 ** failures, longestWaitMs);
    }
    await delay(pauseMs, undefined, { signal: over }).catch(() => undefined);
  }
  term.lost.throwIfAborted();
  if (cursor !== undefined) await term.write(cursorText(cursor, true));
}

async function loadCursor({ logger, beginning }: OutboxOptions, term: Term): Promise<Cursor> {
  const text = await term.read();
  if (text !== undefined) {
    try {
      return parseCursor(text);
    } catch (error) {
      logger.error('event_cursor_unreadable', { remedy: 'The history is told from its beginning; receivers know repetitions by their id.', error });
      return startingAt(0);
    }
  }
  const cursor = startingAt(await beginning());
  await term.write(cursorText(cursor, false));
  return cursor;
}

async function tellNext(options: OutboxOptions, term: Term, cursor: Cursor): Promise<{ readonly told: number; readonly more: boolean }> {
  const { events, newest, more, withRare } = await options.nextEvents(cursor);
  for (let from = 0; from < events.length; from += atOnce) await tell(options, term, cursor, events.slice(from, from + atOnce));
  if (newest > cursor.newest || events.length > 0) {
    cursor.newest = newest;
    cursor.told.forgetBefore(newest - 2 * options.windowMs);
    await keep(options, term, cursor);
  }
  if (withRare && !more) cursor.rareRead = cursor.newest;
  return { told: events.length, more };
}

/** A directory that is away stops nothing: what was told since is told again, with the same ids, should this copy die meanwhile. */
async function keep({ logger }: OutboxOptions, term: Term, cursor: Cursor): Promise<void> {
  try {
    await term.write(cursorText(cursor, false));
  } catch (thrown) {
    if (!(thrown instanceof DirectoryAwayError)) throw thrown;
    logger.debug('event_cursor_not_kept', { error: thrown });
  }
}

async function tell({ eventBus, state }: OutboxOptions, term: Term, cursor: Cursor, events: readonly HistoryEvent[]): Promise<void> {
  // Whoever was suspended must not tell what another one tells already.
  await term.confirm();
  // Given to the bus in their order; it keeps it.
  const given = await Promise.allSettled(events.map(({ event }) => eventBus.publish(event)));
  const refused = given.find((one) => one.status === 'rejected');
  if (refused !== undefined) throw refused.reason;
  for (const event of events) {
    cursor.told.add(event);
    state.told(event);
  }
}
