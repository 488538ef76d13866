import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ask, ended } from '../requests.ts';
import { useFaultySystem } from './faulty-system.ts';

const instances = 200;
/** How long broker and directory stay away, in seconds; one number for both makes them shorter. */
const given = process.env['PROCOS_E2E_AWAY_SECONDS'];
const away = { rabbitmq: Number(given ?? 60), consul: Number(given ?? 300) } as const;

const under = useFaultySystem();

describe('while a service is away, work goes on', { timeout: 900_000 }, () => {
  it.each(['rabbitmq', 'consul'] as const)(
    'without %s: questions are answered all the time, and all events arrive afterwards',
    async (name) => {
      await under.survives(`${name} away for ${away[name]} s`, instances, async () => {
        await under.service(name).kill();
        const back = delay(1_000 * away[name]).then(() => under.service(name).restart());
        let answered = 0;
        for (const until = performance.now() + 1_000 * away[name]; performance.now() < until; answered += 1) {
          const view = await ended(
            under.system(),
            await ask(under.system(), { user_query: `Does work go on without ${name}?` }),
          );
          expect(view).toMatchObject({ ok: true });
          await delay(1_000);
        }
        process.stdout.write(`  ${answered} questions were answered without ${name}\n`);
        await back;
      });
    },
  );
});
