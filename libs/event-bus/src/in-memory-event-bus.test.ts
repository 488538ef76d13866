import { makeEvent } from '@procos/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EventBus } from './event-bus.ts';
import { createInMemoryEventBus } from './in-memory-event-bus.ts';

const open: EventBus[] = [];
const failures: unknown[] = [];
function bus(name: string): EventBus {
  const made = createInMemoryEventBus({ name, onHandlerError: (thrown) => failures.push(thrown) });
  open.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  failures.length = 0;
});

describe('the in-memory event bus', () => {
  it('reaches subscribers of its own and of other buses with the same name, each once', async () => {
    const [a, b, stranger] = [bus('one'), bus('one'), bus('two')];
    const heard: string[] = [];
    await a.subscribe('kernel.*', (event) => void heard.push(`a ${event.id}`));
    await b.subscribe('kernel.*', (event) => void heard.push(`b ${event.id}`));
    await stranger.subscribe('#', (event) => void heard.push(`stranger ${event.id}`));

    await a.publish(makeEvent({ id: 'e1', source: '/kernel', type: 'kernel.kernel_starting' }));
    await a.publish(makeEvent({ id: 'e2', source: '/kernel', type: 'service.x.registered' }));

    await vi.waitFor(() => expect(heard.toSorted()).toEqual(['a e1', 'b e1']));
  });

  it('goes on when a handler throws, and tells it', async () => {
    const one = bus('three');
    const heard = vi.fn();
    await one.subscribe('#', () => {
      throw new Error('broken handler');
    });
    await one.subscribe('#', heard);

    await one.publish(makeEvent({ source: '/x', type: 'x' }));

    await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce());
    expect(failures).toMatchObject([{ message: 'broken handler' }]);
  });
});
