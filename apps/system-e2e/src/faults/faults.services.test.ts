import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ask, ended } from '../requests.ts';
import { useFaultySystem } from './faulty-system.ts';

const apps = [
  'gateway',
  'service-registry',
  'event-bridge',
  'system-worker',
  'generic-worker',
  'ai-worker',
  'email-adapter',
  'slack-adapter',
  'kernel',
] as const;
const instances = 200;
/** How long broker and directory stay away, in seconds; one number for both makes them shorter. */
const given = process.env['PROCOS_E2E_AWAY_SECONDS'];
const away = { rabbitmq: Number(given ?? 60), consul: Number(given ?? 300) } as const;

const under = useFaultySystem();

describe('with two hundred instances running, nothing is lost', { timeout: 300_000 }, () => {
  it.each(apps)('when %s is killed', (app) => under.survives(`kill -9 ${app}`, instances, () => under.killApp(app)));

  it('when the engine is killed', () =>
    under.survives('kill -9 engine', instances, async () => {
      process.kill(await under.enginePid(), 'SIGKILL');
    }));

  it.each(['rabbitmq', 'consul', 'postgres'] as const)('when %s is killed and comes back', (name) =>
    under.survives(`kill -9 ${name}`, instances, async () => {
      await under.service(name).kill();
      await under.service(name).restart();
    }),
  );
});

describe('while a service is away, work goes on', { timeout: 900_000 }, () => {
  it.each(['rabbitmq', 'consul'] as const)(
    'without %s: questions are answered all the time, and all events arrive afterwards',
    (name) =>
      under.survives(`${name} away for ${away[name]} s`, instances, async () => {
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
      }),
  );
});
