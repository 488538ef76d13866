import { describe, it } from 'vitest';
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
