import { createPublishedEvents, type PublishedEvent, type PublishedEvents } from './published-events.ts';
import type { RowKind } from './history-event.ts';

/** How far the history was published. Moments are in milliseconds on the engine's clock. */
export interface Position {
  /** The newest moment of which something was published. */
  readonly newest: number;
  /** Nothing before it is missing, or will be committed any more. */
  readonly settled: number;
  /** Newest moment at the last reading of what is rare. */
  readonly rareRead: number;
  /** As `settled`, of what is rare. */
  readonly rareSettled: number;
}

export interface Cursor {
  position: Position;
  readonly published: PublishedEvents;
}

const kinds: readonly RowKind[] = ['process_started', 'process_ended', 'activity_started', 'activity_ended', 'other'];
/** Consul keeps up to 512 KB under one name; an id, its time and its activity take up to 90 bytes. */
const idsKept = 4_500;

const positionAt = (newest: number, settled: number): Position => ({
  newest,
  settled,
  rareRead: newest,
  rareSettled: settled,
});

/** @param newest where to begin @param windowMs how late a commit may be */
export function startingAt(newest: number, windowMs: number): Cursor {
  return { position: positionAt(newest, newest - windowMs), published: createPublishedEvents() };
}

/** The cursor as it is kept. @param complete with the ids published of late, so that the next leader repeats nothing */
export function cursorText(
  { position: { newest, settled, rareSettled }, published }: Cursor,
  complete: boolean,
): string {
  const ids = complete
    ? published
        .youngest(idsKept)
        .map(({ id, at, kind, open }) => [id, newest - at, kinds.indexOf(kind), ...(open === undefined ? [] : [open])])
    : [];
  return JSON.stringify({
    version: 1,
    newest: new Date(newest).toISOString(),
    unsettledMs: newest - Math.min(settled, rareSettled),
    ...(complete ? { told: ids } : {}),
  });
}

/**
 * Reads a cursor that was kept.
 *
 * @param windowMs how late a commit may be
 * @throws SyntaxError when the text is none
 */
export function parseCursor(text: string, windowMs: number): Cursor {
  const kept = JSON.parse(text) as {
    version?: unknown;
    newest?: unknown;
    unsettledMs?: unknown;
    told?: readonly (readonly [string, number, number, string?])[];
  };
  const newest = Date.parse(String(kept.newest));
  if (kept.version !== 1 || Number.isNaN(newest)) throw new SyntaxError('This is no cursor of the event bridge.');
  const published = (kept.told ?? []).map(
    ([id, before, kind, open]): PublishedEvent => ({ id, at: newest - before, kind: kinds[kind] ?? 'other', open }),
  );
  // One that was kept by a version before this one says nothing of it.
  const unsettledMs = typeof kept.unsettledMs === 'number' ? Math.max(kept.unsettledMs, windowMs) : windowMs;
  return { position: positionAt(newest, newest - unsettledMs), published: createPublishedEvents(published) };
}
