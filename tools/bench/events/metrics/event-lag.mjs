// How long an event is under way: from its moment in the engine's history to the consumer behind the broker.
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../report.mjs';
import { compareRuns, percentile, rounded } from '../../statistics.mjs';
import { POLL_MS } from '../bridge-process.mjs';

const METRIC = 'event-lag';
const INSTANCES = 100;
const PAUSE_MS = 50;
const STEPS = 3;
const AIM_MS = POLL_MS + 50;

export const eventLag = {
  name: METRIC,
  about: `milliseconds from the engine's history to a consumer, ${1_000 / PAUSE_MS} instances of ${STEPS} tasks per second; aim: p99 within ${AIM_MS} ms, the poll interval and 50`,
  async measure({ rounds, engine, candidates, bridge }) {
    const runs = [];
    const model = { key: 'event_lag', topic: 'event_lag', steps: STEPS };
    const deploymentId = await engine.deploy(model);
    const client = candidates.client('bare-loop');
    await client.prepare({ connection: engine.connection, topics: [{ topic: model.topic }] });
    await client.go();
    for (let round = 1; round <= rounds; round += 1) {
      const lags = [];
      const stop = bridge.listen(({ time, subject }, at) => subject !== undefined && lags.push(at - Date.parse(time)));
      const ids = [];
      const told = bridge.untilTold(async () => ids);
      for (let number = 0; number < INSTANCES; number += 1) {
        ids.push(await engine.startOne(model.key));
        await sleep(PAUSE_MS);
      }
      await told();
      stop();
      const [p50, p99] = [percentile(lags, 0.5), percentile(lags, 0.99)].map(rounded);
      runs.push({
        metric: METRIC,
        peer: 'aim',
        round,
        events: lags.length,
        p50,
        p99,
        overPollP50: p50 - POLL_MS,
        overPollP99: p99 - POLL_MS,
      });
      say(
        `${METRIC}, round ${round}: ${lags.length} events, p50 ${p50} ms, p99 ${p99} ms: ${rounded(p99 - POLL_MS)} ms over the poll interval`,
      );
    }
    await client.rest();
    await engine.undeploy(deploymentId);
    const aim = runs.map(() => AIM_MS);
    const result = (name, of) => ({
      metric: `${METRIC}-${name}`,
      unit: 'ms',
      peer: 'aim',
      ...compareRuns({ ours: runs.map(of), theirs: aim }),
    });
    return { runs, results: [result('p50', ({ p50 }) => p50), result('p99', ({ p99 }) => p99)] };
  },
};
