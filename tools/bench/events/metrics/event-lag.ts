// How long an event is under way: from its moment in the engine's history to the consumer behind the broker.
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../report.ts';
import { compareRuns, percentile, rounded } from '../../statistics.ts';
import type { EngineSession } from '../../worker/engine-session.ts';
import { type Bridge, POLL_MS } from '../bridge-process.ts';
import type { EventMetric } from '../event-metric.ts';

const METRIC = 'event-lag';
const INSTANCES = 100;
const PAUSE_MS = 50;
const STEPS = 3;
const AIM_MS = POLL_MS + 50;

interface LagRun {
  readonly metric: string;
  readonly peer: string;
  readonly round: number;
  readonly events: number;
  readonly p50: number;
  readonly p99: number;
  readonly overPollP50: number;
  readonly overPollP99: number;
}

export const eventLag: EventMetric = {
  name: METRIC,
  about: `milliseconds from the engine's history to a consumer, ${1_000 / PAUSE_MS} instances of ${STEPS} tasks per second; aim: p99 within ${AIM_MS} ms, the poll interval and 50`,
  async measure({ rounds, engine, candidates, bridge }) {
    const runs: LagRun[] = [];
    const model = { key: 'event_lag', topic: 'event_lag', steps: STEPS };
    const deploymentId = await engine.deploy(model);
    const client = candidates.client('bare-loop');
    await client.prepare({ connection: engine.connection, topics: [{ topic: model.topic }] });
    await client.go();
    for (let round = 1; round <= rounds; round += 1) {
      const run = runOf(round, await lagsOf(engine, bridge, model.key));
      runs.push(run);
      say(
        `${METRIC}, round ${round}: ${run.events} events, p50 ${run.p50} ms, p99 ${run.p99} ms: ${rounded(run.overPollP99)} ms over the poll interval`,
      );
    }
    await client.rest();
    await engine.undeploy(deploymentId);
    const aim = runs.map(() => AIM_MS);
    const result = (name: string, of: (run: LagRun) => number) => ({
      metric: `${METRIC}-${name}`,
      unit: 'ms',
      peer: 'aim',
      ...compareRuns({ ours: runs.map(of), theirs: aim }),
    });
    return { runs, results: [result('p50', ({ p50 }) => p50), result('p99', ({ p99 }) => p99)] };
  },
};

/** Of all events of one round, in milliseconds. */
async function lagsOf(engine: EngineSession, bridge: Bridge, key: string): Promise<readonly number[]> {
  const lags: number[] = [];
  const stop = bridge.listen(
    ({ time, subject }, at) => void (subject !== undefined && lags.push(at - Date.parse(time))),
  );
  const ids: string[] = [];
  const arrived = bridge.untilArrived(async () => ids);
  for (let number = 0; number < INSTANCES; number += 1) {
    ids.push(await engine.startOne(key));
    await sleep(PAUSE_MS);
  }
  await arrived();
  stop();
  return lags;
}

function runOf(round: number, lags: readonly number[]): LagRun {
  const [p50, p99] = [rounded(percentile(lags, 0.5)), rounded(percentile(lags, 0.99))];
  return {
    metric: METRIC,
    peer: 'aim',
    round,
    events: lags.length,
    p50,
    p99,
    overPollP50: p50 - POLL_MS,
    overPollP99: p99 - POLL_MS,
  };
}
