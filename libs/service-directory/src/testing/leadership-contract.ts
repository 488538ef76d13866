import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type Leadership, LeadershipLostError } from '../leadership.ts';

const forever = () => new AbortController().signal;

/** What every leadership does. @param connect a candidate for an office */
export function describeLeadership(name: string, connect: (office: string) => Leadership): void {
  describe(`${name} as a leadership`, () => {
    const candidates: Leadership[] = [];
    afterEach(async () => {
      await Promise.all(candidates.splice(0).map((one) => one.close()));
    });
    const two = () => {
      const office = `office-${randomUUID().slice(0, 8)}`;
      const [one, other] = [connect(office), connect(office)];
      candidates.push(one, other);
      return [one, other] as const;
    };

    it('lets one candidate lead, and the next one when it resigns', async () => {
      const [one, other] = two();
      const first = await one.lead(forever());
      await first.confirm();
      let elected = false;
      const next = other.lead(forever()).then((term) => {
        elected = true;
        return term;
      });

      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(elected).toBe(false);
      await first.resign();

      await (await next).confirm();
      expect(first.lost.aborted).toBe(true);
    });

    it('hands what a leader has written to the next one', async () => {
      const [one, other] = two();
      const first = await one.lead(forever());
      expect(await first.read()).toBeUndefined();
      await first.write('{"at":1,"word":"größer"}');
      await first.resign();

      const second = await other.lead(forever());

      expect(await second.read()).toBe('{"at":1,"word":"größer"}');
    });

    it('lets nobody write who does not lead any more', async () => {
      const [one, other] = two();
      const first = await one.lead(forever());
      await first.write('old');
      await first.resign();
      const second = await other.lead(forever());
      await second.write('new');

      await expect(first.write('older still')).rejects.toThrow(LeadershipLostError);
      await expect(first.confirm()).rejects.toThrow('This copy does not lead any more: another one may.');

      expect(await second.read()).toBe('new');
    });

    it('lets a candidate give up', async () => {
      const [one, other] = two();
      await one.lead(forever());
      const patience = new AbortController();
      const waiting = other.lead(patience.signal);

      patience.abort(new Error('not any more'));

      await expect(waiting).rejects.toThrow();
    });
  });
}
