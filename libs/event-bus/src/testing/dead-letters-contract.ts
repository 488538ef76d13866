import type { ProcosEvent } from '@procos/contracts';
import { describe, expect, it, vi } from 'vitest';
import { RejectEventError } from '../errors.ts';
import { happened, patience, type Scene } from './scene.ts';

/** What every bus does with what cannot be handled. */
export function describeDeadLetters(scene: () => Scene): void {
  describe('with an event that cannot be handled', () => {
    it('makes it a dead letter after the last delivery, and goes on with the others', async () => {
      const { bus, root, queue } = scene();
      const [one, other] = [bus(), bus()];
      const tried: string[] = [];
      const handler = (event: ProcosEvent) => {
        tried.push(event.id);
        if (event.id === 'bad') throw new Error('never');
      };
      await one.consume(root, handler, { queue, deliveryLimit: 3, retryDelayMs: 1, prefetch: 1 });
      const bad = happened(root, 'bad');

      await one.publish(bad);
      await one.publish(happened(root, 'good'));

      await vi.waitFor(
        async () =>
          expect(await other.deadLetters.list(queue)).toMatchObject([
            { id: 'bad', event: bad, reason: 'delivery_limit' },
          ]),
        patience,
      );
      await vi.waitFor(() => expect(tried).toEqual(['bad', 'bad', 'bad', 'good']), patience);
    });

    it('makes it a dead letter at once when the handler refuses it', async () => {
      const { bus, root, queue, failures } = scene();
      const one = bus();
      const handler = vi.fn(() => {
        throw new RejectEventError('nobody waits for this');
      });
      await one.consume(root, handler, { queue });

      await one.publish(happened(root, 'e1'));

      await vi.waitFor(
        async () => expect(await one.deadLetters.list(queue)).toMatchObject([{ id: 'e1', reason: 'rejected' }]),
        patience,
      );
      expect(handler).toHaveBeenCalledOnce();
      expect(failures()).toMatchObject([{ message: 'nobody waits for this' }]);
    });

    it('puts it back when it is replayed: the ones asked for, then the rest, each once', async () => {
      const { bus, root, queue } = scene();
      const [one, other] = [bus(), bus()];
      const handled: string[] = [];
      let broken = true;
      const handler = (event: ProcosEvent) => {
        if (broken) throw new RejectEventError('broken');
        handled.push(event.id);
      };
      await one.consume(root, handler, { queue });
      for (const id of ['e1', 'e2', 'e3']) await one.publish(happened(root, id));
      await vi.waitFor(
        async () => expect((await other.deadLetters.list(queue)).map(({ id }) => id)).toEqual(['e1', 'e2', 'e3']),
        patience,
      );
      broken = false;

      expect(await other.deadLetters.replay(queue, ['e2', 'unknown'])).toBe(1);
      await vi.waitFor(() => expect(handled).toEqual(['e2']), patience);
      expect((await one.deadLetters.list(queue)).map(({ id }) => id)).toEqual(['e1', 'e3']);
      expect(await one.deadLetters.replay(queue)).toBe(2);

      await vi.waitFor(() => expect(handled.toSorted()).toEqual(['e1', 'e2', 'e3']), patience);
      expect(await one.deadLetters.list(queue)).toEqual([]);
    });

    it('throws away what it is told to, and nothing else', async () => {
      const { bus, root, queue } = scene();
      const [one, other] = [bus(), bus()];
      await one.consume(root, () => Promise.reject(new RejectEventError('no')), { queue });
      for (const id of ['e1', 'e2']) await one.publish(happened(root, id));
      await vi.waitFor(async () => expect(await other.deadLetters.list(queue)).toHaveLength(2), patience);

      expect(await other.deadLetters.discard(queue, ['e1', 'unknown'])).toBe(1);

      await vi.waitFor(
        async () => expect((await one.deadLetters.list(queue)).map(({ id }) => id)).toEqual(['e2']),
        patience,
      );
      expect(await one.deadLetters.replay(queue, ['e1'])).toBe(0);
    });

    it('lists as many as asked for, oldest first, and none of a queue that is not there', async () => {
      const { bus, root, queue } = scene();
      const one = bus();
      await one.consume(root, () => Promise.reject(new RejectEventError('no')), { queue, prefetch: 1 });
      for (const id of ['e1', 'e2', 'e3']) await one.publish(happened(root, id));
      await vi.waitFor(async () => expect(await one.deadLetters.list(queue)).toHaveLength(3), patience);

      expect((await one.deadLetters.list(queue, 2)).map(({ id }) => id)).toEqual(['e1', 'e2']);
      expect(await one.deadLetters.list(`${queue}.nowhere`)).toEqual([]);
    });
  });
}
