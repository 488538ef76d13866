import { fromEngineTime, toEngineTime } from '@procos/engine-client';

/** What one query has given. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Everything before this moment is in the rows, in milliseconds; `Infinity` when there is nothing more. */
  readonly completeUntil: number;
}

export interface Query<Row> {
  readonly ask: (after: string, maxResults: number) => Promise<readonly Row[]>;
  /** The time by which the query sorts, in the engine's form. */
  readonly timeOf: (row: Row) => string | null;
}

/**
 * The oldest rows after a moment.
 *
 * @param since milliseconds; rows of this very moment are among them
 * @param limit how many at most; more are there, one page holds the next ones
 */
export async function readAfter<Row>({ ask, timeOf }: Query<Row>, since: number, limit: number): Promise<Page<Row>> {
  // Some of the engine's filters mean "after", some "at or after".
  const rows = await ask(toEngineTime(new Date(Math.max(0, since - 1))), limit);
  const last = rows.at(-1);
  if (rows.length < limit || last === undefined) return { rows, completeUntil: Infinity };
  // Of the last moment there may be more rows than these.
  return { rows, completeUntil: momentOf(timeOf(last)) };
}

/** A moment in the engine's form, in milliseconds. */
export function momentOf(time: string | null): number {
  return time === null ? Number.NaN : Date.parse(fromEngineTime(time));
}
