import { createToldEvents, type ToldEvent, type ToldEvents } from './told-events.ts';
import type { RowKind } from './history-event.ts';

/** How far the history was told. */
export interface Cursor {
  /** The newest moment of which something was told, in milliseconds on the engine's clock. */
  newest: number;
  /** Newest moment at the last reading of what is rare. */
  rareRead: number;
  readonly told: ToldEvents;
}

const kinds: readonly RowKind[] = ['process_started', 'process_ended', 'activity_started', 'activity_ended', 'other'];
/** Consul keeps up to 512 KB under one name; an id, its time and its activity take up to 90 bytes. */
const idsKept = 4_500;

/** @param newest where to begin, in milliseconds */
export function startingAt(newest: number): Cursor {
  return { newest, rareRead: newest, told: createToldEvents() };
}

/** The cursor as it is kept. @param complete with the ids told of late, so that the next leader repeats nothing */
export function cursorText({ newest, told }: Cursor, complete: boolean): string {
  const ids = complete ? told.youngest(idsKept).map(({ id, at, kind, open }) => [id, newest - at, kinds.indexOf(kind), ...(open === undefined ? [] : [open])]) : [];
  return JSON.stringify({ version: 1, newest: new Date(newest).toISOString(), ...(complete ? { told: ids } : {}) });
}

/**
 * Reads a cursor that was kept.
 *
 * @throws SyntaxError when the text is none
 */
export function parseCursor(text: string): Cursor {
  const kept = JSON.parse(text) as { version?: unknown; newest?: unknown; told?: readonly (readonly [string, number, number, string?])[] };
  const newest = Date.parse(String(kept.newest));
  if (kept.version !== 1 || Number.isNaN(newest)) throw new SyntaxError('This is no cursor of the event bridge.');
  const told = (kept.told ?? []).map(([id, before, kind, open]): ToldEvent => ({ id, at: newest - before, kind: kinds[kind] ?? 'other', open }));
  return { newest, rareRead: newest, told: createToldEvents(told) };
}
