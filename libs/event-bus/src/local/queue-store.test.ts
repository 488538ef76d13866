import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openQueueStore, type QueueStore } from './queue-store.ts';

let store: QueueStore;
beforeEach(() => {
  store = openQueueStore({
    name: 'queue-store-test',
    file: undefined,
    onDamage: (fault) => expect.unreachable(fault.message),
  });
});
afterEach(() => store.close());

const put = (event: string) => store.run('INSERT INTO messages (queue, event) VALUES (?, ?)', 'orders', event);
const kept = () => store.all('SELECT event FROM messages ORDER BY seq').map(({ event }) => event);

describe('what is done together', () => {
  it('is done whole', () => {
    expect(store.together(() => put('one') + put('two'))).toBe(2);

    expect(kept()).toEqual(['one', 'two']);
  });

  it('is not done at all when a part of it fails, and the next goes on', () => {
    const half = () =>
      store.together(() => {
        put('one');
        throw new Error('no room');
      });

    expect(half).toThrow('no room');
    expect(kept()).toEqual([]);

    store.together(() => put('two'));
    expect(kept()).toEqual(['two']);
  });
});
