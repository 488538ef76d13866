import { describe, expect, it, vi } from 'vitest';
import { NotConnectedError } from '../errors.ts';
import { describeDeadLetters } from './dead-letters-contract.ts';
import { type BusUnderTest, happened, useScenes } from './scene.ts';
import { describeViews } from './views-contract.ts';
import { describeWork } from './work-contract.ts';

/** What every event bus does, whatever it is made of. @param world a fresh, empty one for each test */
export function describeEventBus(name: string, world: () => BusUnderTest): void {
  describe(`${name} as an event bus`, () => {
    const scene = useScenes(world);
    describeViews(scene);
    describeWork(scene);
    describeDeadLetters(scene);

    it('refuses what is no event', async () => {
      const { bus, root } = scene();
      const one = bus();
      const broken = { ...happened(root), time: 'yesterday' };

      await expect(one.publish(broken)).rejects.toMatchObject({
        name: 'EventRefusedError',
        code: 'PROCOS_EVENT_REFUSED',
        message: expect.stringMatching(/^This is no event: time must be a date with time/) as string,
      });
      await expect(one.publish(happened(`${root}.${'x'.repeat(300)}`))).rejects.toThrow(
        "The event's type is longer than 255 bytes",
      );
    });

    it('takes nothing once it is closed', async () => {
      const { bus, root } = scene();
      const one = bus();
      await one.close();

      await expect(one.publish(happened(root))).rejects.toThrow(NotConnectedError);
      await expect(one.publish(happened(root))).rejects.toMatchObject({
        message: 'Not connected to message broker',
        reason: 'the event bus is closed',
      });
      await expect(one.consume(root, vi.fn())).rejects.toThrow(NotConnectedError);
    });
  });
}
