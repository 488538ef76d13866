// What events cost: completed tasks per second while the bridge publishes them, against the same without a bridge.
import { say } from '../../report.ts';
import { compareRuns, rounded, type RoundRun, valuesOf } from '../../statistics.ts';
import type { Candidates } from '../../worker/candidates.ts';
import type { EngineSession } from '../../worker/engine-session.ts';
import { alternate, inTurn } from '../../worker/rounds.ts';
import type { Bridge } from '../bridge-process.ts';
import type { EventMetric } from '../event-metric.ts';

const METRIC = 'task-throughput';
const STEPS = 3;
const INSTANCES = 300;

type Way = 'with' | 'without';

export const taskThroughput: EventMetric = {
  name: METRIC,
  about: `completed tasks per second of a bare loop, ${INSTANCES} instances of ${STEPS} tasks waiting, with the bridge against without; aim: at least 0.95`,
  async measure({ rounds, engine, candidates, bridge }) {
    const runs: (RoundRun & { readonly peer: string })[] = [];
    const take = (candidate: Way) => async (round: number) => {
      const value = rounded((STEPS * INSTANCES) / ((await burst(engine, candidates, bridge, candidate)) / 1_000));
      runs.push({ metric: METRIC, peer: 'without', round, candidate, value });
      say(`${METRIC}, round ${round}: ${candidate} ${value} tasks/s`);
    };
    await alternate(rounds, take('with'), take('without'));
    return {
      runs,
      results: [
        {
          metric: METRIC,
          unit: 'tasks/s',
          peer: 'without',
          ...compareRuns({ ours: valuesOf(runs, 'with'), theirs: valuesOf(runs, 'without'), better: 'higher' }),
        },
      ],
    };
  },
};

/** Milliseconds from the moment the client may ask for tasks to the end of the last instance. Whatever was not published meanwhile is published before the next turn. */
async function burst(engine: EngineSession, candidates: Candidates, bridge: Bridge, candidate: Way): Promise<number> {
  const model = { key: 'task_throughput', topic: 'task_throughput', steps: STEPS };
  const deploymentId = await engine.deploy(model);
  let ids: readonly string[] = [];
  const published = bridge.untilArrived(async () => ids);
  if (candidate === 'without') bridge.rest();
  ids = await engine.startMany(model.key, INSTANCES);
  const turn = { connection: engine.connection, topics: [{ topic: model.topic }] };
  const took = await inTurn(candidates.client('bare-loop'), turn, async (go) => {
    const startedAt = await go();
    await engine.untilEnded(model.key);
    return Math.max(...(await engine.records(ids)).map(({ endedAt }) => endedAt)) - startedAt;
  });
  bridge.wake();
  await published();
  await engine.undeploy(deploymentId);
  return took;
}

/** The bridge is measured once it has published everything from before, not as it boots. */
export async function warmUpBridge(engine: EngineSession, candidates: Candidates, bridge: Bridge): Promise<void> {
  for (let index = 0; index < 3; index += 1) await burst(engine, candidates, bridge, 'with');
}
