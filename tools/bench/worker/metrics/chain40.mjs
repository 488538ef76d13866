// One instance of 40 external tasks in a row, nothing else to do: what each step costs. Time by the engine's own history.
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../report.ts';
import { measured } from '../measured.ts';
import { alternate, inTurn } from '../rounds.ts';

const METRIC = 'chain40';
const STEPS = 40;
/** Until the first request for tasks is on its way. */
const SETTLE_MS = 500;
/** Peers that take 12 s per instance are asked less often, the others more often per turn. */
const SLOW = { default: 4, 'long-poll': 4 };
const PER_TURN = 3;

export const chain40 = {
  name: METRIC,
  about: 'ms from start to end of one instance of 40 tasks in a row',
  peers: ['default', 'long-poll', 'tuned', 'temporal'],
  /** @returns the results and raw runs of one peer */
  async measure({ peer, rounds, engine, candidates, temporal }) {
    const runs = [];
    const take = (candidate, instance, perTurn) => async (round) => {
      const values = await instance(perTurn);
      runs.push(...values.map((value) => ({ metric: METRIC, peer, round, candidate, value })));
      if (round > 0) say(`${METRIC} against ${peer}, round ${round}: ${candidate} ${values.join(', ')} ms`);
    };
    const perTurn = peer in SLOW ? 1 : PER_TURN;
    const models = await deployFor(engine, peer === 'temporal' ? ['ours'] : ['ours', peer]);
    const ours = engineChain(engine, candidates, 'ours', models);
    const theirs =
      peer === 'temporal' ? (count) => temporal.chain(STEPS, count) : engineChain(engine, candidates, peer, models);
    if (!(peer in SLOW)) for (const warmUp of [ours, theirs, theirs, ours]) await warmUp(PER_TURN);
    await alternate(Math.min(rounds, SLOW[peer] ?? rounds), take('ours', ours, PER_TURN), take(peer, theirs, perTurn));
    await Promise.all([...models.values()].map(({ deploymentId }) => engine.undeploy(deploymentId)));
    return measured({ metric: METRIC, unit: 'ms', peer, runs });
  },
};

async function deployFor(engine, names) {
  const models = new Map();
  for (const name of names) {
    const model = { key: `chain40_${name}`, topic: `chain40_${name}`, steps: STEPS };
    models.set(name, { ...model, deploymentId: await engine.deploy(model) });
  }
  return models;
}

/** Instances one after another in one turn of a client. */
function engineChain(engine, candidates, name, models) {
  const { key, topic } = models.get(name);
  return (count) =>
    inTurn(
      candidates.client(name),
      { connection: engine.connection, topics: [{ topic }], variant: name },
      async (go) => {
        await go();
        await sleep(SETTLE_MS);
        const ids = [];
        for (let index = 0; index < count; index += 1) {
          ids.push(await engine.startOne(key));
          await engine.untilEnded(key);
        }
        return (await engine.records(ids)).map(({ durationMs }) => durationMs);
      },
    );
}
