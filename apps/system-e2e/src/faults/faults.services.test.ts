import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ask, ended } from '../requests.ts';
import { useFaultySystem } from './faulty-system.ts';

const apps = ['gateway', 'service-registry', 'event-bridge', 'system-worker', 'generic-worker', 'ai-worker', 'kernel'] as const;
const instances = 200;
/** How long broker and directory stay away. */
const awayMs = 1_000 * Number(process.env['PROCOS_E2E_AWAY_SECONDS'] ?? 10);

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
    }));
});

describe('while a service is away, work goes on', { timeout: 300_000 }, () => {
  it('without the broker: tasks are done, and all events arrive afterwards', () =>
    under.survives(`rabbitmq away for ${awayMs / 1_000} s`, instances, async () => {
      await under.service('rabbitmq').kill();
      const back = delay(awayMs).then(() => under.service('rabbitmq').restart());
      const view = await ended(under.system(), await ask(under.system(), { user_query: 'Does work go on without a broker?' }));
      expect(view).toMatchObject({ ok: true });
      await back;
    }));

  it('without the directory: requests are answered', () =>
    under.survives(`consul away for ${awayMs / 1_000} s`, instances, async () => {
      await under.service('consul').kill();
      const back = delay(awayMs).then(() => under.service('consul').restart());
      const view = await ended(under.system(), await ask(under.system(), { user_query: 'Does work go on without a directory?' }));
      expect(view).toMatchObject({ ok: true });
      await back;
    }));
});
