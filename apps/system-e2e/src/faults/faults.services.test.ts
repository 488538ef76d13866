import { beforeAll, describe, expect, it } from 'vitest';
import { useFaultySystem } from './faulty-system.ts';
import { allowedRatio, recoveryRatio } from './recovery-promises.ts';

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

let undisturbedSeconds = 0;

beforeAll(async () => {
  if (under.isMissing()) return;
  undisturbedSeconds = await under.survives('nothing is killed', instances, async () => undefined);
}, 300_000);

async function recovers(part: string, fault: () => Promise<void>): Promise<void> {
  const tookSeconds = await under.survives(`kill -9 ${part}`, instances, fault);
  const ratio = recoveryRatio(part, tookSeconds, undisturbedSeconds);
  process.stdout.write(`  ${part}: ${ratio.toFixed(2)} of the promised time\n`);
  expect(ratio).toBeLessThanOrEqual(allowedRatio);
}

describe('with two hundred instances running, nothing is lost, and work goes on in the promised time', {
  timeout: 300_000,
}, () => {
  it.each(apps)('when %s is killed', (app) => recovers(app, () => under.killApp(app)));

  it('when the engine is killed', () =>
    recovers('engine', async () => {
      process.kill(await under.enginePid(), 'SIGKILL');
    }));

  it.each(['rabbitmq', 'consul', 'postgres'] as const)('when %s is killed and comes back', (name) =>
    recovers(name, async () => {
      await under.service(name).kill();
      await under.service(name).restart();
    }),
  );
});
