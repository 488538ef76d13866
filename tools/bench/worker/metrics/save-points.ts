// What a save point behind each task costs: the same chain of tasks with camunda:asyncAfter="true" and without. Time by the engine's own history.
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../report.ts';
import type { Candidates } from '../candidates.ts';
import type { EngineSession } from '../engine-session.ts';
import { measured } from '../measured.ts';
import type { ModelOfTasks } from '../models.ts';
import { alternate, inTurn } from '../rounds.ts';
import type { WorkerMetric, WorkerRun } from '../worker-metric.ts';

const METRIC = 'save-points';
const STEPS = 40;
/** Until the first request for tasks is on its way. */
const SETTLE_MS = 500;
const PER_TURN = 3;

export const savePoints: WorkerMetric<'async-after'> = {
  name: METRIC,
  about: 'ms from start to end of one instance of 40 tasks in a row, without save points and with one behind each task',
  peers: ['async-after'],
  async measure({ peer, rounds, engine, candidates }) {
    const runs: WorkerRun[] = [];
    const models = {
      ours: { key: 'chain_plain', topic: 'chain_plain', steps: STEPS },
      'async-after': { key: 'chain_saved', topic: 'chain_saved', steps: STEPS, savePoints: true },
    };
    const deployments = await Promise.all(Object.values(models).map((model) => engine.deploy(model)));
    const take = (name: 'ours' | 'async-after') => async (round: number) => {
      const values = await chain(engine, candidates, models[name]);
      runs.push(...values.map((value) => ({ metric: METRIC, peer, round, candidate: name, value })));
      say(`${METRIC}, round ${round}: ${name} ${values.join(', ')} ms`);
    };
    for (const model of Object.values(models)) await chain(engine, candidates, model);
    await alternate(rounds, take('ours'), take(peer));
    await Promise.all(deployments.map((id) => engine.undeploy(id)));
    return measured({ metric: METRIC, unit: 'ms', peer, runs });
  },
};

/** Instances one after another, in one turn of our own worker. */
function chain(
  engine: EngineSession,
  candidates: Candidates,
  { key, topic }: ModelOfTasks,
): Promise<readonly number[]> {
  return inTurn(
    candidates.client('ours'),
    { connection: engine.connection, topics: [{ topic }], variant: 'ours' },
    async (go) => {
      await go();
      await sleep(SETTLE_MS);
      const ids: string[] = [];
      for (let index = 0; index < PER_TURN; index += 1) {
        ids.push(await engine.startOne(key));
        await engine.untilEnded(key);
      }
      return (await engine.records(ids)).map(({ durationMs }) => durationMs);
    },
  );
}
