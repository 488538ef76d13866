import { createInMemoryEventBus } from '@procos/event-bus';
import { silentLogger } from '@procos/logging';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { emptyWorld } from '../testing/engine-world.ts';
import { fakeEngine } from '../testing/fake-engine.ts';
import { createEventHub } from './event-hub.ts';

const world = emptyWorld();
const eventBus = createInMemoryEventBus({
  name: 'event-hub-test',
  onHandlerError: (thrown) => {
    throw thrown;
  },
});
const hub = createEventHub({
  engine: fakeEngine(world),
  eventBus,
  logger: silentLogger,
  maxListeners: 10,
  replayEvents: 10,
  lingerMs: 100,
});
afterEach(async () => {
  await hub.close();
  await eventBus.close();
});

describe('the event hub', () => {
  it('asks the engine only while somebody listens, and a moment longer', async () => {
    expect(world.calls).toEqual([]);
    const stream = { send: vi.fn(), end: vi.fn() };

    const leave = await hub.listen({ pattern: '#', lastEventId: undefined, connect: () => stream });
    expect(world.calls.length).toBeGreaterThan(0);
    leave();
    leave();

    await vi.waitFor(async () => {
      const before = world.calls.length;
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(world.calls.length).toBe(before);
    }, 5_000);
  });
});
