// What events cost: completed tasks per second while the bridge tells them, against the same without a bridge.
import { say } from '../../report.ts';
import { compareRuns, rounded } from '../../statistics.ts';
import { alternate, inTurn } from '../../worker/rounds.ts';

const METRIC = 'task-throughput';
const STEPS = 3;
const INSTANCES = 300;

export const taskThroughput = {
  name: METRIC,
  about: `completed tasks per second of a bare loop, ${INSTANCES} instances of ${STEPS} tasks waiting, with the bridge against without; aim: at least 0.95`,
  async measure({ rounds, engine, candidates, bridge }) {
    const runs = [];
    const take = (candidate) => async (round) => {
      const value = rounded((STEPS * INSTANCES) / ((await burst(engine, candidates, bridge, candidate)) / 1_000));
      runs.push({ metric: METRIC, peer: 'without', round, candidate, value });
      say(`${METRIC}, round ${round}: ${candidate} ${value} tasks/s`);
    };
    await alternate(rounds, take('with'), take('without'));
    const of = (candidate) => runs.filter((run) => run.candidate === candidate).map(({ value }) => value);
    return {
      runs,
      results: [
        {
          metric: METRIC,
          unit: 'tasks/s',
          peer: 'without',
          ...compareRuns({ ours: of('with'), theirs: of('without'), better: 'higher' }),
        },
      ],
    };
  },
};

/** Milliseconds from the moment the client may ask for tasks to the end of the last instance. Whatever was not told meanwhile is told before the next turn. */
async function burst(engine, candidates, bridge, candidate) {
  const model = { key: 'task_throughput', topic: 'task_throughput', steps: STEPS };
  const deploymentId = await engine.deploy(model);
  let ids = [];
  const told = bridge.untilTold(async () => ids);
  if (candidate === 'without') bridge.rest();
  ids = await engine.startMany(model.key, INSTANCES);
  const turn = { connection: engine.connection, topics: [{ topic: model.topic }] };
  const took = await inTurn(candidates.client('bare-loop'), turn, async (go) => {
    const startedAt = await go();
    await engine.untilEnded(model.key);
    return Math.max(...(await engine.records(ids)).map(({ endedAt }) => endedAt)) - startedAt;
  });
  bridge.wake();
  await told();
  await engine.undeploy(deploymentId);
  return took;
}

/** The bridge is measured once it has told everything from before, not as it boots. */
export async function warmUpBridge(engine, candidates, bridge) {
  for (let index = 0; index < 3; index += 1) await burst(engine, candidates, bridge, 'with');
}
