import { describe, expect, it } from 'vitest';
import { listingOf } from './listing.ts';

/** Numbers from 0, given page by page. */
function numbers(total: number) {
  const asked: string[] = [];
  const listing = listingOf(async ({ limit, offset }) => {
    asked.push(`${limit} from ${offset}`);
    return { items: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, n) => offset + n), total };
  });
  return { asked, listing };
}

async function collected<Item>(all: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of all) items.push(item);
  return items;
}

describe('a list of any length', () => {
  it('is read to its end, one page after the other', async () => {
    const { asked, listing } = numbers(1_001);

    const all = await collected(listing);

    expect([all.length, all.at(-1)]).toEqual([1_001, 1_000]);
    expect(asked).toEqual(['500 from 0', '500 from 500', '500 from 1000']);
  });

  it('is asked for no more than is read', async () => {
    const { asked, listing } = numbers(1_001);

    for await (const one of listing) if (one === 3) break;

    expect(asked).toHaveLength(1);
  });

  it('is given in part, with how many there are in all', async () => {
    const { asked, listing } = numbers(1_001);

    const pages = await collected(listing.pages({ limit: 501, offset: 10 }));

    expect(pages.map(({ items, total }) => [items.length, items[0], total])).toEqual([
      [500, 10, 1_001],
      [1, 510, 1_001],
    ]);
    expect(asked).toEqual(['500 from 10', '1 from 510']);
  });

  it('has one page also when it is empty', async () => {
    expect(await collected(numbers(0).listing.pages())).toEqual([{ items: [], total: 0 }]);
  });
});
