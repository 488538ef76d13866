import { setTimeout as delay } from 'node:timers/promises';
import { growingWait } from '@procos/errors';
import { notBeyond } from '@procos/event-bus';
import { LeadershipLostError, type Term } from '@procos/service-directory';
import { type Cursor, cursorText, parseCursor, startingAt } from './cursor.ts';
import type { OutboxState } from './outbox-state.ts';
import { createPace } from './pace.ts';
import { publishNext, type PublishOptions } from './publish-next.ts';

export interface OutboxOptions extends PublishOptions {
  readonly state: OutboxState;
  /** Pause between two readings while things happen, in milliseconds. */
  readonly pollMs: number;
  /** Where to begin when there is no cursor, in milliseconds on the engine's clock. */
  readonly beginning: () => Promise<number>;
}

const longestWaitMs = 5_000;
/** How long a publication that is under way may take once it is to stop, in milliseconds. */
const lastPublishMs = 2_000;

/**
 * Publishes the engine's history, from where the leader before has stopped, until the term is over or the signal is aborted.
 * The history is the outbox: an event is published when it is in the history, and the cursor moves when the bus has confirmed it.
 */
export async function publishHistory(options: OutboxOptions, term: Term, signal: AbortSignal): Promise<void> {
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
      const { published, more } = await notBeyond(publishNext(options, term, cursor), over, lastPublishMs);
      failures = 0;
      state.went();
      pauseMs = more ? 0 : pace.after(published > 0, performance.now() - began);
    } catch (thrown) {
      if (over.aborted) break;
      if (thrown instanceof LeadershipLostError) throw thrown;
      // Engine, broker or directory are away: the cursor stays, so nothing is lost.
      failures += 1;
      state.failed(thrown);
      if (failures === 1) logger.warn('event_outbox_waits', { error: thrown });
      pauseMs = growingWait({ first: 2 * pollMs, longest: longestWaitMs }, failures);
    }
    await delay(pauseMs, undefined, { signal: over }).catch(() => undefined);
  }
  term.lost.throwIfAborted();
  if (cursor !== undefined) await term.write(cursorText(cursor, true));
}

async function loadCursor({ logger, beginning, windowMs }: OutboxOptions, term: Term): Promise<Cursor> {
  const text = await term.read();
  if (text !== undefined) {
    try {
      return parseCursor(text, windowMs);
    } catch (error) {
      logger.error('event_cursor_unreadable', {
        remedy: 'The history is published from its beginning; receivers know repetitions by their id.',
        error,
      });
      return startingAt(0, windowMs);
    }
  }
  const cursor = startingAt(await beginning(), windowMs);
  await term.write(cursorText(cursor, false));
  return cursor;
}
