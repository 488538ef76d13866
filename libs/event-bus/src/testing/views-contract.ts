import { makeEvent, type ProcosEvent } from '@procos/contracts';
import { describe, expect, it, vi } from 'vitest';
import { happened, ids, patience, type Scene } from './scene.ts';

/** What every bus does for those that look on. */
export function describeViews(scene: () => Scene): void {
  describe('for views', () => {
    it('shows an event to every subscriber of every bus, each once', async () => {
      const { bus, root } = scene();
      const [a, b] = [bus(), bus()];
      const [first, second, other] = [ids(), ids(), ids()];
      await a.subscribe(`${root}.*`, first.see);
      await b.subscribe(`${root}.#`, second.see);
      await b.subscribe('something.else', other.see);

      await a.publish(happened(`${root}.one`, 'e1'));
      await b.publish(happened(`${root}.one.two`, 'e2'));
      await a.publish(happened(`${root}.one`, 'e3'));

      await vi.waitFor(
        () =>
          expect([first.seen, second.seen.toSorted()]).toEqual([
            ['e1', 'e3'],
            ['e1', 'e2', 'e3'],
          ]),
        patience,
      );
      expect(other.seen).toEqual([]);
    });

    it('goes on when a handler throws, and tells it', async () => {
      const { bus, root, failures } = scene();
      const one = bus();
      const heard = vi.fn();
      await one.subscribe(root, () => {
        throw new Error('broken handler');
      });
      await one.subscribe(root, heard);

      await one.publish(happened(root));
      await one.publish(happened(root));

      await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2), patience);
      await vi.waitFor(
        () => expect(failures()).toMatchObject([{ message: 'broken handler' }, { message: 'broken handler' }]),
        patience,
      );
    });

    it('is silent after the subscription has ended', async () => {
      const { bus, root } = scene();
      const one = bus();
      const [gone, there] = [ids(), ids()];
      const stop = await one.subscribe(root, gone.see);
      await one.subscribe(root, there.see);

      await stop();
      await one.publish(happened(root, 'e1'));

      await vi.waitFor(() => expect(there.seen).toEqual(['e1']), patience);
      expect(gone.seen).toEqual([]);
    });

    it('brings an event as it was sent, its trace context with it', async () => {
      const { bus, root } = scene();
      const one = bus();
      const seen: ProcosEvent[] = [];
      await one.subscribe(root, (event) => void seen.push(event));
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const sent = makeEvent({
        source: '/test',
        type: root,
        subject: 'order 7',
        traceparent,
        data: { text: 'Grüße, 世界', list: [1, null, { deep: true }] },
      });

      await one.publish(sent);

      await vi.waitFor(() => expect(seen).toEqual([sent]), patience);
    });
  });
}
