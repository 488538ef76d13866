import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, readRun } from './launched-system.ts';

/** Kills one app of a distributed system, and waits until its supervisor has started it again. */
export async function killApp(dataDir: string, app: string): Promise<void> {
  const pidNow = () => readRun(dataDir).processes?.[app];
  const pid = pidNow();
  if (pid === undefined)
    throw new Error(`${app} is no process of this system: ${JSON.stringify(readRun(dataDir).processes)}`);
  process.kill(pid, 'SIGKILL');
  for (let waited = 0; waited < 60_000; waited += 50) {
    const next = pidNow();
    if (next !== undefined && next !== pid && isRunning(next)) return;
    await delay(50);
  }
  throw new Error(`${app} was not started again`);
}
