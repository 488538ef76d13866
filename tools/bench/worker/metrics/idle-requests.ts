// Nothing to do: how often one worker bothers the engine. Both wait side by side, each behind a proxy of its own that counts.
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../report.ts';
import { rounded } from '../../statistics.ts';
import { measured } from '../measured.ts';
import type { CandidateName } from '../candidates.ts';
import type { TurnClient } from '../client-process.ts';
import { openCountingProxy } from '../counting-proxy.ts';
import type { EngineSession } from '../engine-session.ts';
import type { WorkerMetric, WorkerRun } from '../worker-metric.ts';

const METRIC = 'idle-requests';
const WINDOW_MS = 60_000;
// For its first 12 s, and as long after its last task, ours asks more often: what a dead worker held may come back.
const SETTLE_MS = 15_000;
const ROUNDS = 3;

export const idleRequests: WorkerMetric<'default'> = {
  name: METRIC,
  about: `requests per second of one worker without work, over ${WINDOW_MS / 1000} s, from ${SETTLE_MS / 1000} s after its start`,
  peers: ['default'],
  async measure({ peer, rounds, engine, candidates }) {
    const waiting = await Promise.all(
      (['ours', peer] as const).map((name) => waitIdle(engine, candidates.client(name), name)),
    );
    const runs: WorkerRun[] = [];
    await sleep(SETTLE_MS);
    for (let round = 1; round <= Math.min(rounds, ROUNDS); round += 1) {
      const before = waiting.map(({ proxy }) => proxy.count());
      await sleep(WINDOW_MS);
      waiting.forEach(({ name, proxy }, index) => {
        const requests = proxy.count() - (before[index] ?? 0);
        runs.push({ metric: METRIC, peer, round, candidate: name, value: rounded(requests / (WINDOW_MS / 1_000)) });
        say(`${METRIC}, round ${round}: ${name} ${requests} requests in ${WINDOW_MS / 1000} s`);
      });
    }
    for (const { client, proxy } of waiting) {
      await client.rest();
      await proxy.close();
    }
    return measured({ metric: METRIC, unit: 'requests/s', peer, runs }, { statistic: mean });
  },
};

async function waitIdle(engine: EngineSession, client: TurnClient, name: CandidateName) {
  const proxy = await openCountingProxy(engine.connection.baseUrl);
  await client.prepare({
    connection: { ...engine.connection, baseUrl: proxy.baseUrl },
    topics: [{ topic: `idle_${name}` }],
    variant: name,
  });
  await client.go();
  return { name, client, proxy };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
