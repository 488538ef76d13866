// Instances of three tasks wait already: how many tasks per second one worker process completes.
import { say } from '../../report.ts';
import { rounded } from '../../statistics.ts';
import type { CandidateName, Candidates } from '../candidates.ts';
import type { EngineSession } from '../engine-session.ts';
import { measured } from '../measured.ts';
import { alternate, inTurn } from '../rounds.ts';
import { demandTemporal, type WorkerMetric, type WorkerRun } from '../worker-metric.ts';

type Peer = 'bare-loop' | 'tuned' | 'temporal';
type Burst = () => Promise<number>;

const METRIC = 'saturation';
const STEPS = 3;
const INSTANCES = 300;
const WARM_UP_BURSTS = 10;
const SLOW: Readonly<Partial<Record<Peer, number>>> = { temporal: 4 };

export const saturation: WorkerMetric<Peer> = {
  name: METRIC,
  about: `completed tasks per second of one worker process, ${INSTANCES} instances of ${STEPS} tasks waiting`,
  peers: ['bare-loop', 'tuned', 'temporal'],
  async measure({ peer, rounds, engine, candidates, temporal }) {
    const runs: WorkerRun[] = [];
    const take = (candidate: string, burst: Burst) => async (round: number) => {
      const value = rounded((STEPS * INSTANCES) / ((await burst()) / 1_000));
      runs.push({ metric: METRIC, peer, round, candidate, value });
      say(`${METRIC} against ${peer}, round ${round}: ${candidate} ${value} tasks/s`);
    };
    const ours = engineBurst(engine, candidates, 'ours');
    const theirs =
      peer === 'temporal'
        ? () => demandTemporal(temporal).burst(STEPS, INSTANCES)
        : engineBurst(engine, candidates, peer);
    for (const warmUp of [ours, theirs]) await warmUp();
    await alternate(Math.min(rounds, SLOW[peer] ?? rounds), take('ours', ours), take(peer, theirs));
    return measured({ metric: METRIC, unit: 'tasks/s', peer, runs }, { better: 'higher' });
  },
};

/** Java compiles what runs often: the engine is measured as it is after some thousand tasks, not as it boots. */
export async function warmUpEngine(engine: EngineSession, candidates: Candidates): Promise<void> {
  const burst = engineBurst(engine, candidates, 'bare-loop');
  for (let index = 0; index < WARM_UP_BURSTS; index += 1)
    say(`warming up the engine: ${rounded((STEPS * INSTANCES) / ((await burst()) / 1_000))} tasks/s`);
}

/** Milliseconds from the moment the client may ask for tasks to the end of the last instance, as the engine wrote it down. */
function engineBurst(engine: EngineSession, candidates: Candidates, name: CandidateName): Burst {
  const model = { key: `saturation_${name}`.replace('-', '_'), topic: `saturation_${name}`, steps: STEPS };
  return async () => {
    const deploymentId = await engine.deploy(model);
    const ids = await engine.startMany(model.key, INSTANCES);
    const turn = { connection: engine.connection, topics: [{ topic: model.topic }], variant: name };
    const took = await inTurn(candidates.client(name), turn, async (go) => {
      const startedAt = await go();
      await engine.untilEnded(model.key);
      const records = await engine.records(ids);
      return Math.max(...records.map(({ endedAt }) => endedAt)) - startedAt;
    });
    await engine.undeploy(deploymentId);
    return took;
  };
}
