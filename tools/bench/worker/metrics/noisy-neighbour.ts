// A quick topic beside one whose thousand tasks take 30 s each, in one worker: how much longer the quick one takes at its worst.
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../report.ts';
import { compareRuns, percentile, rounded } from '../../statistics.ts';
import type { TurnClient } from '../client-process.ts';
import type { EngineSession } from '../engine-session.ts';
import { alternate, inTurn } from '../rounds.ts';
import type { WorkerMetric, WorkerRun } from '../worker-metric.ts';

type State = 'noisy' | 'quiet';

const METRIC = 'noisy-neighbour';
const SLOW_TASKS = 1_000;
const SLOW_MS = 30_000;
/** Quick instances start at a constant rate, whether or not the earlier ones have ended. */
const PER_SECOND = 25;
const SECONDS = 15;
/** Until the worker holds as many slow tasks as it takes at once. */
const SETTLE_MS = 5_000;
const ROUNDS = 4;
const QUICK = { key: 'noisy_quick', topic: 'noisy_quick', steps: 1 };
const SLOW = { key: 'noisy_slow', topic: 'noisy_slow', steps: 1 };

const p99 = (values: readonly number[]) => percentile(values, 0.99);

export const noisyNeighbour: WorkerMetric<'quiet'> = {
  name: METRIC,
  about: `p99 of a quick topic while another of the same worker has ${SLOW_TASKS} tasks of ${SLOW_MS / 1000} s (ours), against its quiet p99 (theirs)`,
  peers: ['quiet'],
  async measure({ peer, rounds, engine, candidates }) {
    const quickDeployment = await engine.deploy(QUICK);
    const durations: Record<State, number[]> = { noisy: [], quiet: [] };
    const runs: WorkerRun[] = [];
    const take = (state: State) => async (round: number) => {
      const values = await phase(engine, candidates.client('ours'), state);
      durations[state].push(...values);
      runs.push({ metric: METRIC, peer, round, candidate: state, value: rounded(p99(values)) });
      say(
        `${METRIC}, round ${round}: ${state} p50 ${rounded(percentile(values, 0.5))} ms, p99 ${rounded(p99(values))} ms`,
      );
    };
    await phase(engine, candidates.client('ours'), 'quiet');
    await alternate(Math.min(rounds, ROUNDS), take('quiet'), take('noisy'));
    await engine.undeploy(quickDeployment);
    const result = compareRuns({ ours: durations.noisy, theirs: durations.quiet, statistic: p99 });
    return { runs, results: [{ metric: METRIC, unit: 'ms', peer, ...result }] };
  },
};

async function phase(engine: EngineSession, client: TurnClient, state: State): Promise<readonly number[]> {
  const slowDeployment = state === 'noisy' ? await engine.deploy(SLOW) : undefined;
  if (slowDeployment !== undefined) await engine.startMany(SLOW.key, SLOW_TASKS);
  const topics = [{ topic: QUICK.topic }, { topic: SLOW.topic, workMs: SLOW_MS }];
  const values = await inTurn(client, { connection: engine.connection, topics }, async (go) => {
    await go();
    await sleep(SETTLE_MS);
    const ids = await startAtRate(() => engine.startOne(QUICK.key));
    await engine.untilEnded(QUICK.key);
    return (await engine.records(ids)).map(({ durationMs }) => durationMs);
  });
  if (slowDeployment !== undefined) await engine.undeploy(slowDeployment);
  return values;
}

async function startAtRate(startOne: () => Promise<string>): Promise<readonly string[]> {
  const begun = performance.now();
  const starts: Promise<string>[] = [];
  for (let index = 0; index < PER_SECOND * SECONDS; index += 1) {
    const due = begun + (index * 1_000) / PER_SECOND;
    if (due > performance.now()) await sleep(due - performance.now());
    starts.push(startOne());
  }
  return Promise.all(starts);
}
