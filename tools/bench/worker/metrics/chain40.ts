// One instance of 40 external tasks in a row, nothing else to do: what each step costs. Time by the engine's own history.
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../report.ts';
import type { CandidateName, Candidates } from '../candidates.ts';
import type { EngineSession } from '../engine-session.ts';
import { measured } from '../measured.ts';
import type { ModelOfTasks } from '../models.ts';
import { alternate, inTurn } from '../rounds.ts';
import { demandTemporal, type WorkerMetric, type WorkerRun } from '../worker-metric.ts';

type Peer = 'default' | 'long-poll' | 'tuned' | 'temporal';
type Chain = (count: number) => Promise<readonly number[]>;
type Models = ReadonlyMap<string, ModelOfTasks & { readonly deploymentId: string }>;

const METRIC = 'chain40';
const STEPS = 40;
/** Until the first request for tasks is on its way. */
const SETTLE_MS = 500;
/** Peers that take 12 s per instance are asked less often, the others more often per turn. */
const SLOW: Readonly<Partial<Record<Peer, number>>> = { default: 4, 'long-poll': 4 };
const PER_TURN = 3;

export const chain40: WorkerMetric<Peer> = {
  name: METRIC,
  about: 'ms from start to end of one instance of 40 tasks in a row',
  peers: ['default', 'long-poll', 'tuned', 'temporal'],
  async measure({ peer, rounds, engine, candidates, temporal }) {
    const runs: WorkerRun[] = [];
    const take = (candidate: string, instance: Chain, count: number) => async (round: number) => {
      const values = await instance(count);
      runs.push(...values.map((value) => ({ metric: METRIC, peer, round, candidate, value })));
      if (round > 0) say(`${METRIC} against ${peer}, round ${round}: ${candidate} ${values.join(', ')} ms`);
    };
    const perTurn = peer in SLOW ? 1 : PER_TURN;
    const models = await deployFor(engine, peer === 'temporal' ? ['ours'] : ['ours', peer]);
    const ours = engineChain(engine, candidates, 'ours', models);
    const theirs =
      peer === 'temporal'
        ? (count: number) => demandTemporal(temporal).chain(STEPS, count)
        : engineChain(engine, candidates, peer, models);
    if (!(peer in SLOW)) for (const warmUp of [ours, theirs, theirs, ours]) await warmUp(PER_TURN);
    await alternate(Math.min(rounds, SLOW[peer] ?? rounds), take('ours', ours, PER_TURN), take(peer, theirs, perTurn));
    await Promise.all([...models.values()].map(({ deploymentId }) => engine.undeploy(deploymentId)));
    return measured({ metric: METRIC, unit: 'ms', peer, runs });
  },
};

async function deployFor(engine: EngineSession, names: readonly CandidateName[]): Promise<Models> {
  const models = new Map<string, ModelOfTasks & { readonly deploymentId: string }>();
  for (const name of names) {
    const model = { key: `chain40_${name}`, topic: `chain40_${name}`, steps: STEPS };
    models.set(name, { ...model, deploymentId: await engine.deploy(model) });
  }
  return models;
}

/** Instances one after another in one turn of a client. */
function engineChain(engine: EngineSession, candidates: Candidates, name: CandidateName, models: Models): Chain {
  const { key = name, topic = name } = models.get(name) ?? {};
  return (count) =>
    inTurn(
      candidates.client(name),
      { connection: engine.connection, topics: [{ topic }], variant: name },
      async (go) => {
        await go();
        await sleep(SETTLE_MS);
        const ids: string[] = [];
        for (let index = 0; index < count; index += 1) {
          ids.push(await engine.startOne(key));
          await engine.untilEnded(key);
        }
        return (await engine.records(ids)).map(({ durationMs }) => durationMs);
      },
    );
}
