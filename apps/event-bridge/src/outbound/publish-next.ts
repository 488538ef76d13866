import { type EventBus, EventNotTakenError, EventRefusedError, EventTooLargeError } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import { DirectoryAwayError, type Term } from '@procos/service-directory';
import { type Cursor, cursorText } from './cursor.ts';
import type { HistoryEvent } from './history-event.ts';
import type { NextEvents } from './next-events.ts';
import type { OutboxState } from './outbox-state.ts';

export interface PublishOptions {
  readonly nextEvents: (cursor: Cursor) => Promise<NextEvents>;
  readonly eventBus: Pick<EventBus, 'publish'>;
  readonly logger: Logger;
  readonly state: Pick<OutboxState, 'published'>;
  /** How late a commit may be, in milliseconds. */
  readonly windowMs: number;
}

/** Events given to the bus at once. */
const atOnce = 250;

/**
 * One reading, published. The cursor moves when the bus has confirmed all of it.
 *
 * @returns how many events it published, and whether there is more to be read at once
 * @throws NotConnectedError when the bus does not take them; what it has confirmed before is not published again
 */
export async function publishNext(
  options: PublishOptions,
  term: Term,
  cursor: Cursor,
): Promise<{ readonly published: number; readonly more: boolean }> {
  const { events, position, more } = await options.nextEvents(cursor);
  for (let from = 0; from < events.length; from += atOnce)
    await publishSome(options, term, cursor, events.slice(from, from + atOnce));
  const { newest, settled, rareSettled } = position;
  const isWorthKeeping = events.length > 0 || newest > cursor.position.newest;
  cursor.position = position;
  cursor.published.forgetBefore(Math.min(settled, rareSettled) - options.windowMs);
  if (isWorthKeeping) await keep(options, term, cursor);
  return { published: events.length, more };
}

/** A directory that is away stops nothing: what was published since is published again, with the same ids, should this copy die meanwhile. */
async function keep({ logger }: Pick<PublishOptions, 'logger'>, term: Term, cursor: Cursor): Promise<void> {
  try {
    await term.write(cursorText(cursor, false));
  } catch (thrown) {
    if (!(thrown instanceof DirectoryAwayError)) throw thrown;
    logger.debug('event_cursor_not_kept', { error: thrown });
  }
}

/** An event that no repetition brings through must not keep back all others. */
const isRefusedForGood = (thrown: unknown) =>
  thrown instanceof EventTooLargeError || thrown instanceof EventNotTakenError || thrown instanceof EventRefusedError;

async function publishSome(
  { eventBus, state, logger }: PublishOptions,
  term: Term,
  cursor: Cursor,
  events: readonly HistoryEvent[],
): Promise<void> {
  // Whoever was suspended must not publish what another one publishes already.
  await term.confirm();
  // Given to the bus in their order; it keeps it.
  const given = await Promise.allSettled(events.map(({ event }) => eventBus.publish(event)));
  const refused = given.find((one) => one.status === 'rejected' && !isRefusedForGood(one.reason));
  if (refused?.status === 'rejected') throw refused.reason;
  for (const [index, event] of events.entries()) {
    cursor.published.add(event);
    const outcome = given[index];
    if (outcome?.status === 'rejected')
      logger.error('event_not_told', { id: event.event.id, type: event.event.type, error: outcome.reason as unknown });
    else state.published(event);
  }
}
