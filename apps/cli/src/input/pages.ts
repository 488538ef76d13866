import type { Listing, Page } from '@procos/api-client';
import type { Command } from 'commander';
import { wholeNumber } from './whole-number.ts';

export interface PageOptions {
  /** How many are shown; 0 = all. */
  readonly limit: number;
  readonly offset: number;
}

/** The options of a list that may be long. @param limit how many are shown when nothing is said */
export function pageOptions(command: Command, limit = 100): Command {
  return command
    .option('--limit <count>', 'at most so many; 0 = all', wholeNumber, limit)
    .option('--offset <count>', 'leave out so many from the beginning', wholeNumber, 0);
}

/** A part of a list, of any length. */
export async function pageOf<Item>(listing: Listing<Item>, { limit, offset }: PageOptions): Promise<Page<Item>> {
  const items: Item[] = [];
  let total = 0;
  for await (const page of listing.pages({ limit: limit === 0 ? undefined : limit, offset })) {
    items.push(...page.items);
    total = page.total;
  }
  return { items, total };
}
