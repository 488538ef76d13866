import { silentLogger } from '@procos/logging';
import { describe, expect, it } from 'vitest';
import { addInstance, emptyWorld, endInstance, type EngineWorld } from '../testing/engine-world.ts';
import { fakeEngine } from '../testing/fake-engine.ts';
import { playedFeed } from '../testing/played-feed.ts';
import { createSettledWatch } from './settled-watch.ts';

const never = new AbortController().signal;

function watching(world: EngineWorld) {
  const { feed, happened } = playedFeed();
  return { watch: createSettledWatch({ engine: fakeEngine(world), feed, logger: silentLogger }), happened };
}

/** Milliseconds until a promise is done. */
async function duration(work: Promise<void>): Promise<number> {
  const began = performance.now();
  await work;
  return performance.now() - began;
}

describe('waiting for an instance', () => {
  it.each(['completed', 'terminated', 'failed'])('ends at once when the bus says that it is %s', async (outcome) => {
    const world = emptyWorld();
    // Whoever asks the engine gets no answer: only the bus can wake.
    world.down = true;
    const { watch, happened } = watching(world);
    const settled = duration(watch.settled('i1', 20_000, never));
    const other = watch.settled('i2', 300, never);

    happened({ type: 'process.orders.started', subject: 'i1' });
    happened({ type: `process.orders.${outcome}`, subject: 'i1' });

    expect(await settled).toBeLessThan(5_000);
    await other;
  });

  it('ends without the bus too', async () => {
    const world = emptyWorld();
    const instance = addInstance(world, 'orders');
    const { watch } = watching(world);
    const settled = duration(watch.settled(instance.id, 20_000, never));

    endInstance(world, instance.id);

    expect(await settled).toBeLessThan(10_000);
  });

  it('asks less and less often while nothing happens', async () => {
    const world = emptyWorld();
    const instance = addInstance(world, 'orders');
    const { watch } = watching(world);

    await watch.settled(instance.id, 3_000, never);

    // Two questions a round: after 50, 125, 237, 406, 659, 1039, 1608, 2463 ms.
    expect(world.calls.length).toBeLessThanOrEqual(16);
  });
});
