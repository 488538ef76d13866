import { setTimeout as delay } from 'node:timers/promises';
import type { ProcosEvent } from '@procos/contracts';
import { describe, expect, it, vi } from 'vitest';
import { happened, ids, patience, type Scene } from './scene.ts';

/** What every bus does for those that work. */
export function describeWork(scene: () => Scene): void {
  describe('for work', () => {
    it('gives each event of a queue to one of its consumers', async () => {
      const { bus, root, queue } = scene();
      const [a, b] = [bus(), bus()];
      const all = ids();
      await a.consume(`${root}.*`, all.see, { queue });
      await b.consume(`${root}.*`, all.see, { queue });
      const sent = Array.from({ length: 50 }, (_, index) => `e${String(index).padStart(2, '0')}`);

      await Promise.all(sent.map((id) => b.publish(happened(`${root}.x`, id))));

      await vi.waitFor(() => expect(all.seen.toSorted()).toEqual(sent), patience);
    });

    it('gives each queue its own copy', async () => {
      const { bus, root, queue } = scene();
      const one = bus();
      const [first, second] = [ids(), ids()];
      await one.consume(root, first.see, { queue: `${queue}.first` });
      await one.consume(root, second.see, { queue: `${queue}.second` });

      await one.publish(happened(root, 'e1'));

      await vi.waitFor(() => expect([first.seen, second.seen]).toEqual([['e1'], ['e1']]), patience);
    });

    it('keeps what happens while nobody takes events, in order', async () => {
      const { bus, root, queue } = scene();
      const one = bus();
      const stop = await one.consume(root, vi.fn(), { queue });
      await stop();
      for (const id of ['e1', 'e2', 'e3']) await one.publish(happened(root, id));
      const later = ids();

      await one.consume(root, later.see, { queue, prefetch: 1 });

      await vi.waitFor(() => expect(later.seen).toEqual(['e1', 'e2', 'e3']), patience);
    });

    it('gives the events of an ordered queue to one consumer, and to the next one when it stops, in order', async () => {
      const { bus, root, queue } = scene();
      const [a, b] = [bus(), bus()];
      const all = ids();
      const [atA, atB] = [ids(), ids()];
      const see = (at: typeof atA) => async (event: ProcosEvent) => {
        at.see(event);
        await delay(1);
        all.see(event);
      };
      const stop = await a.consume(root, see(atA), { queue, ordered: true });
      await b.consume(root, see(atB), { queue, ordered: true });
      const sent = Array.from({ length: 40 }, (_, index) => `e${String(index).padStart(2, '0')}`);

      await Promise.all(sent.slice(0, 20).map((id) => a.publish(happened(root, id))));
      await vi.waitFor(() => expect(all.seen).toHaveLength(20), patience);
      expect(atB.seen).toEqual([]);
      const publishing = Promise.all(sent.slice(20).map((id) => b.publish(happened(root, id))));
      await stop();
      await publishing;

      await vi.waitFor(() => expect(all.seen).toEqual(sent), patience);
    });

    it('hands an event of an ordered queue out again before the next one', async () => {
      const { bus, root, queue } = scene();
      const one = bus();
      const all = ids();
      const handler = (event: ProcosEvent) => {
        all.see(event);
        if (all.seen.length === 1) throw new Error('not now');
      };
      await one.consume(root, handler, { queue, ordered: true, retryDelayMs: 20 });

      await Promise.all(['e1', 'e2', 'e3'].map((id) => one.publish(happened(root, id))));

      await vi.waitFor(() => expect(all.seen).toEqual(['e1', 'e1', 'e2', 'e3']), patience);
    });

    it('hands work over to another bus when one stops taking it', async () => {
      const { bus, root, queue } = scene();
      const [a, b] = [bus(), bus()];
      const [atA, atB] = [ids(), ids()];
      const stop = await a.consume(root, atA.see, { queue });
      await a.publish(happened(root, 'e1'));
      await vi.waitFor(() => expect(atA.seen).toEqual(['e1']), patience);
      await b.consume(root, atB.see, { queue });

      await stop();
      await a.publish(happened(root, 'e2'));

      await vi.waitFor(() => expect(atB.seen).toEqual(['e2']), patience);
      expect(atA.seen).toEqual(['e1']);
    });

    it('has no more events at work than asked for', async () => {
      const { bus, root, queue } = scene();
      const one = bus();
      let [atOnce, most, done] = [0, 0, 0];
      let allCame = () => {};
      const came = new Promise<void>((resolve) => (allCame = resolve));
      const work = async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        // On a busy machine the first is done before the third has come: it waits for that one, for as long as it may take.
        if (atOnce === 3) allCame();
        await Promise.race([came, delay(2_000)]);
        await delay(5);
        atOnce -= 1;
        done += 1;
      };
      await one.consume(root, work, { queue, prefetch: 3 });

      await Promise.all(Array.from({ length: 20 }, () => one.publish(happened(root))));

      await vi.waitFor(() => expect(done).toBe(20), patience);
      expect(most).toBe(3);
    });

    it('hands an event out again when its handler throws, until it does not', async () => {
      const { bus, root, queue, failures } = scene();
      const one = bus();
      const handler = vi
        .fn()
        .mockRejectedValueOnce(new Error('not yet'))
        .mockRejectedValueOnce(new Error('not yet'))
        .mockResolvedValue(undefined);
      await one.consume(root, handler, { queue, retryDelayMs: 1 });

      await one.publish(happened(root, 'e1'));

      await vi.waitFor(() => expect(handler).toHaveBeenCalledTimes(3), patience);
      expect(handler.mock.calls.map(([event]) => (event as ProcosEvent).id)).toEqual(['e1', 'e1', 'e1']);
      expect(failures()).toMatchObject([{ message: 'not yet' }, { message: 'not yet' }]);
      expect(await one.deadLetters.list(queue)).toEqual([]);
    });

    it('waits for the handler when it stops, and takes nothing more', async () => {
      const { bus, root, queue } = scene();
      const one = bus();
      let finish = () => {};
      const begun = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
      const stop = await one.consume(root, begun, { queue, prefetch: 1 });
      await one.publish(happened(root, 'e1'));
      await one.publish(happened(root, 'e2'));
      await vi.waitFor(() => expect(begun).toHaveBeenCalledOnce(), patience);
      const ended = vi.fn();

      const stopping = stop().then(ended);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(ended).not.toHaveBeenCalled();
      finish();
      await stopping;

      expect(begun).toHaveBeenCalledOnce();
      const rest = ids();
      await one.consume(root, rest.see, { queue });
      await vi.waitFor(() => expect(rest.seen).toEqual(['e2']), patience);
    });

    it('gives back what it has not begun when it stops, however long its last handler takes', async () => {
      const { bus, root, queue } = scene();
      const one = bus();
      const finish = new Map<string, () => void>();
      const handler = ({ id }: ProcosEvent) => new Promise<void>((resolve) => finish.set(id, resolve));
      const stop = await one.consume(root, handler, { queue, prefetch: 2, deliveryLimit: 2 });
      for (const id of ['e1', 'e2', 'e3']) await one.publish(happened(root, id));
      await vi.waitFor(() => expect([...finish.keys()]).toEqual(['e1', 'e2']), patience);

      const stopping = stop();
      finish.get('e2')?.();
      await new Promise((resolve) => setTimeout(resolve, 300));
      finish.get('e1')?.();
      await stopping;

      expect([...finish.keys()]).toEqual(['e1', 'e2']);
      expect(await one.deadLetters.list(queue)).toEqual([]);
      const rest = ids();
      await one.consume(root, rest.see, { queue, deliveryLimit: 2 });
      await vi.waitFor(() => expect(rest.seen).toEqual(['e3']), patience);
    });
  });
}
