import { seededRandom } from '@procos/testing';
import { createMonitor, type Monitor } from './monitor.ts';
import type { Saboteur } from './planted-bugs.ts';
import { grantedAt, makeScenario, type Scenario } from './scenario.ts';
import { createSimEngine, type SimEngine } from './sim-engine.ts';
import { createSimHost } from './sim-host.ts';
import { createVirtualTime } from './virtual-time.ts';

/** The default. */
const graceMs = 10_000;
/** How long after the last fault everything must have come to its end, in milliseconds. */
const settleMs = 300_000;

/**
 * Plays one history of workers, an engine and what goes wrong between them.
 *
 * @param onEnd is told what was counted of each task of a history that kept its promises
 * @returns what broke a promise, or `undefined`
 */
export function playHistory(
  seed: number,
  saboteur: Saboteur,
  onEnd: (records: Monitor['records']) => void = () => undefined,
): string | undefined {
  const random = seededRandom(seed);
  const scenario = makeScenario(seed, random);
  const time = createVirtualTime();
  const engine = createSimEngine(scenario, time, random);
  const monitor = createMonitor(scenario, time);
  const hosts = Array.from({ length: scenario.hosts }, (_, index) =>
    createSimHost({ scenario, engine, time, random, monitor, saboteur }, index),
  );
  try {
    for (const task of scenario.tasks) time.after(task.appearsAt, () => engine.create(task));
    for (const host of hosts) host.start();
    for (const { at, kind, host, lastsMs, status } of scenario.faults) {
      time.after(at, () => {
        if (kind === 'engineDown') engine.goDown(lastsMs);
        else if (kind === 'engineFails') engine.fail(lastsMs, status);
        else if (kind === 'pause') hosts[host]?.pause(lastsMs);
        else if (kind === 'kill') hosts[host]?.kill();
        else hosts[host]?.stop(graceMs);
      });
    }
    const grants = scenario.tasks.some(({ refusal }) => refusal !== undefined) ? grantedAt : [];
    for (const at of grants) time.after(at, () => grant(scenario, engine, monitor));
    let lastEventAt = Math.max(
      ...grants,
      ...scenario.tasks.map(({ appearsAt }) => appearsAt),
      ...scenario.faults.map(({ at, lastsMs }) => at + lastsMs + graceMs + 10_000),
    );
    time.run(
      scenario.faultsEndAt + settleMs,
      () =>
        time.now() > lastEventAt &&
        [...engine.store.tasks.values()].every((task) => task.state !== 'open' || task.retries === 0),
    );
    lastEventAt = time.now();
    monitor.ended(engine.store.tasks.values());
    for (const host of hosts) host.stop(graceMs);
    time.run(lastEventAt + graceMs + 9_000, () => hosts.every((host) => host.process()?.alive !== true));
    for (const host of hosts) if (host.process()?.alive === true) monitor.fail('I6 a worker has not ended in time');
    onEnd(monitor.records);
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

const grantedTries = 2;

/** People look after what the engine has refused. */
function grant({ tasks }: Scenario, { store }: SimEngine, monitor: Monitor): void {
  for (const { id, refusal } of tasks) {
    const task = store.tasks.get(id);
    if (refusal === undefined || task?.state !== 'open' || task.retries !== 0) continue;
    store.setRetries(id, grantedTries);
    monitor.triesGranted(id, grantedTries);
  }
}
