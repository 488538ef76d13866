import type { Command } from 'commander';
import type { GatewayClient } from '../gateway-client.ts';
import { wholeNumber } from './whole-number.ts';

export interface PageOptions {
  /** How many are shown; 0 = all. */
  readonly limit: number;
  readonly offset: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** How many there are in all. */
  readonly total: number;
}

/** The gateway gives at most so many at once; more are fetched one page after the other. */
const largestPage = 500;

/** The options of a list that may be long. @param limit how many are shown when nothing is said */
export function pageOptions(command: Command, limit = 100): Command {
  return command
    .option('--limit <count>', 'at most so many; 0 = all', wholeNumber, limit)
    .option('--offset <count>', 'leave out so many from the beginning', wholeNumber, 0);
}

/** A part of a list, of any length. @param field the name under which the answer holds the list */
export async function pageOf<Item>(
  gateway: GatewayClient,
  path: string,
  field: string,
  { limit, offset }: PageOptions,
  query: Readonly<Record<string, string | undefined>> = {},
): Promise<Page<Item>> {
  const wanted = limit === 0 ? Infinity : limit;
  const items: Item[] = [];
  for (;;) {
    const size = Math.min(largestPage, wanted - items.length);
    const answer = await gateway.get<Record<string, unknown>>(path, {
      query: { ...query, limit: size, offset: offset + items.length },
    });
    const part = answer[field] as Item[];
    items.push(...part);
    // An offset of the list itself: what is left out at the end of a page would be looked for without end.
    if (part.length === 0 || items.length >= wanted || offset + items.length >= Number(answer['total']))
      return { items, total: Number(answer['total']) };
  }
}
