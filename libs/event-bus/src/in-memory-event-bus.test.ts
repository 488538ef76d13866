import { Worker } from 'node:worker_threads';
import { makeEvent } from '@procos/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EventBus } from './event-bus.ts';
import { createInMemoryEventBus } from './in-memory-event-bus.ts';
import { describeEventBus } from './testing/event-bus-contract.ts';

let worlds = 0;

describeEventBus('the bus in memory', () => {
  const failures: unknown[] = [];
  worlds += 1;
  const name = `world ${worlds}`;
  return {
    failures: () => failures,
    connect: () => createInMemoryEventBus({ name, onHandlerError: (thrown) => failures.push(thrown) }),
  };
});

describe('the bus in memory', () => {
  const open: EventBus[] = [];
  const bus = (name: string) => {
    const made = createInMemoryEventBus({ name, onHandlerError: vi.fn() });
    open.push(made);
    return made;
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });

  it('does not reach buses of another name', async () => {
    const [one, stranger, friend] = [bus('one'), bus('two'), bus('one')];
    const [foreign, own] = [vi.fn(), vi.fn()];
    await stranger.subscribe('#', foreign);
    await friend.subscribe('#', own);

    await one.publish(makeEvent({ source: '/x', type: 'x' }));

    await vi.waitFor(() => expect(own).toHaveBeenCalledOnce(), 10_000);
    expect(foreign).not.toHaveBeenCalled();
  });

  it('gives the work of a thread that dies to another one', async () => {
    const here = bus('threads');
    const worker = new Worker(new URL('./testing/consuming-thread.ts', import.meta.url), {
      execArgv: ['--conditions=@procos/source'],
      workerData: { name: 'threads', queue: 'work' },
    });
    await new Promise((resolve) => worker.once('message', resolve));
    const taken = new Promise((resolve) => worker.once('message', resolve));
    const heard: string[] = [];
    await here.consume('x', (event) => void heard.push(event.id), { queue: 'work' });

    await here.publish(makeEvent({ id: 'e1', source: '/x', type: 'x' }));
    expect(await taken).toBe('e1');
    expect(heard).toEqual([]);
    await worker.terminate();

    await vi.waitFor(() => expect(heard).toEqual(['e1']), { timeout: 5_000 });
  });
});
