import { describe, expect, it } from 'vitest';
import { createVirtualTime } from '../testing/simulation/virtual-time.ts';
import type { WorkerEvent } from './messages.ts';
import { createWorkerCore } from './worker-core.ts';

/** Ten minutes of a worker without work, after the first minute: its requests, and when the engine looked through those that wait. */
function idle(forgetsSuperseded: boolean) {
  const time = createVirtualTime();
  const core = createWorkerCore({
    topics: { x: {} },
    concurrency: 64,
    maxTasks: 64,
    lockDurationMs: 5_000,
    longPollMs: 21_600,
    random: () => 0.5,
    unkeepable: () => undefined,
  });
  const looks: number[] = [];
  let requests = 0;
  const wait = (waitMs: number) => {
    if (time.now() > 60_000) requests++;
    looks.push(time.now(), time.now() + waitMs);
  };
  const dispatch = (event: WorkerEvent): void => {
    for (const command of core.handle(event, time.now())) {
      if (command.kind === 'wake') time.after(command.at - time.now(), () => dispatch({ kind: 'timer' }));
      if (command.kind !== 'fetch' && command.kind !== 'recheck') continue;
      wait(command.waitMs);
      if (command.kind === 'fetch')
        time.after(command.waitMs, () => dispatch({ kind: 'fetched', request: command.request, tasks: [] }));
    }
  };
  dispatch({ kind: 'start', orphans: [] });
  dispatch({ kind: 'engineKnown', forgetsSuperseded });
  time.run(660_000, () => false);
  const inOrder = looks.filter((at) => at > 60_000 && at < 630_000).sort((one, other) => one - other);
  const longestGap = Math.max(...inOrder.slice(1).map((at, index) => at - (inOrder[index] ?? 0)));
  return { perSecond: requests / 600, longestGap };
}

describe('a worker without work', () => {
  it('asks less than a thirtieth as often as every 300 ms, and yet a lock that has ended is seen within seven and a half seconds', () => {
    const { perSecond, longestGap } = idle(true);

    expect(perSecond).toBeLessThanOrEqual(1 / (30 * 0.345));
    expect(longestGap).toBeLessThan(7_500);
  });

  it('asks more often at an engine that keeps a request until its end: a drain has to wait for that', () => {
    const { perSecond, longestGap } = idle(false);

    expect(perSecond).toBeLessThan(1 / 6);
    expect(longestGap).toBeLessThan(7_000);
  });
});
