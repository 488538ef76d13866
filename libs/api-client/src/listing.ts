/** Which part of a list is wanted. */
export interface Range {
  /** At most so many. @default all */
  readonly limit?: number | undefined;
  /** How many to leave out from the beginning. @default 0 */
  readonly offset?: number | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** How many there are in all. */
  readonly total: number;
}

/** A list of any length: as an iterable it is all its entries, fetched page by page while they are read. */
export interface Listing<Item> extends AsyncIterable<Item> {
  /** The same page by page, the first one even when it is empty. */
  pages(range?: Range): AsyncIterable<Page<Item>>;
}

/** The gateway gives at most so many at once. */
const largestPage = 500;

/** @param ask one page */
export function listingOf<Item>(
  ask: (page: { readonly limit: number; readonly offset: number }) => Promise<Page<Item>>,
): Listing<Item> {
  async function* pages({ limit = Infinity, offset = 0 }: Range = {}): AsyncGenerator<Page<Item>> {
    let given = 0;
    for (;;) {
      const page = await ask({ limit: Math.min(largestPage, limit - given), offset: offset + given });
      yield page;
      given += page.items.length;
      // An offset of the list itself: what is left out at the end of a page would be looked for without end.
      if (page.items.length === 0 || given >= limit || offset + given >= page.total) return;
    }
  }
  async function* items(): AsyncGenerator<Item> {
    for await (const page of pages()) yield* page.items;
  }
  return { pages, [Symbol.asyncIterator]: items };
}
