// npm run bench -- worker: our worker runtime against its peers on one engine, turn by turn in one run.
import { machine, printReport, type Report, say, stackOf } from '../report.ts';
import { readOptions, UsageError } from '../options.mjs';
import { openCandidates } from './candidates.ts';
import { endOnSignals } from './children.ts';
import { openEngine } from './engine-session.ts';
import { chain40 } from './metrics/chain40.ts';
import { idleRequests } from './metrics/idle-requests.ts';
import { noisyNeighbour } from './metrics/noisy-neighbour.ts';
import { savePoints } from './metrics/save-points.ts';
import { saturation, warmUpEngine } from './metrics/saturation.ts';
import { openTemporal, TemporalMissingError } from './temporal/open-temporal.ts';
import type { WorkerMetric, WorkerStage } from './worker-metric.ts';

const METRICS: readonly WorkerMetric[] = [chain40, saturation, idleRequests, noisyNeighbour, savePoints];
const DEFAULT_ROUNDS = 12;

const usage = [
  'Usage: npm run bench -- worker [--runs 12] [--only metric[:peer],…] [--publish] [--json]',
  'Each metric and its peers; a ratio above 1 means that ours is better:',
  ...METRICS.map(
    ({ name, about, peers }) => `  ${name.padEnd(16)} ${about}\n  ${''.padEnd(16)} peers: ${peers.join(', ')}`,
  ),
  'default is the official Node client as it comes, long-poll the same with long polling, tuned the same at its best.',
  '',
].join('\n');

/** A comparison: one metric against one peer. */
interface Wanted {
  readonly metric: WorkerMetric;
  readonly peer: string;
}

interface Stage extends Pick<WorkerStage, 'rounds' | 'engine' | 'candidates'> {
  /** What ends all of it, the first one last. */
  readonly open: (() => unknown)[];
}

interface Collected extends Report {
  readonly runs: Report['runs'][number][];
  readonly results: Report['results'][number][];
  readonly notes: string[];
}

async function main(words: readonly string[]): Promise<void> {
  const options = readOptions(words);
  const { help, runs: rounds = DEFAULT_ROUNDS, only } = options;
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const wanted = choose(only);
  const document: Collected = { bench: 'worker', machine: machine(), runs: [], results: [], notes: [] };
  const open: Stage['open'] = [];
  const closeAll = async () => {
    for (const close of open.splice(0).reverse()) await close();
  };
  const isStopped = endOnSignals(closeAll);
  try {
    const engine = await openEngine();
    open.push(engine.stop);
    const candidates = openCandidates();
    open.push(candidates.close);
    await warmUpEngine(engine, candidates);
    await measureAll(wanted, { rounds, engine, candidates, open }, document);
  } catch (error) {
    // What fails because everything is being closed is no news.
    if (!isStopped()) throw error;
  } finally {
    await closeAll();
  }
  if (!isStopped()) printReport(document, options);
}

/** Comparisons with Temporal come last and together: its server runs only while it is needed. */
async function measureAll(wanted: readonly Wanted[], { open, ...stage }: Stage, document: Collected): Promise<void> {
  const add = async ({ metric, peer }: Wanted, more: Pick<WorkerStage, 'temporal'> = {}) => {
    const { runs, results } = await metric.measure({ ...stage, ...more, peer });
    document.runs.push(...runs);
    document.results.push(...results);
  };
  for (const one of wanted.filter(({ peer }) => peer !== 'temporal')) await add(one);
  const others = wanted.filter(({ peer }) => peer === 'temporal');
  if (others.length === 0) return;
  const temporal = await openTemporal(say).catch((thrown: unknown) => {
    if (!(thrown instanceof TemporalMissingError)) throw thrown;
    document.notes.push(`Without Temporal: ${thrown.message}`);
    say(`Without Temporal: ${thrown.message}`);
    return undefined;
  });
  if (temporal === undefined) return;
  open.push(temporal.close);
  for (const one of others) await add(one, { temporal });
}

function choose(only: readonly string[]): readonly Wanted[] {
  const all = METRICS.flatMap((metric) => metric.peers.map((peer) => ({ metric, peer })));
  const matches =
    (word: string) =>
    ({ metric, peer }: Wanted) =>
      word === metric.name || word === `${metric.name}:${peer}`;
  const unknown = only.find((word) => !all.some(matches(word)));
  if (unknown !== undefined) throw new UsageError(`There is no metric '${unknown}'.\n${usage}`);
  return only.length === 0 ? all : all.filter((pair) => only.some((word) => matches(word)(pair)));
}

try {
  await main(process.argv.slice(2));
} catch (thrown) {
  process.stderr.write(`${thrown instanceof UsageError ? thrown.message : stackOf(thrown)}\n`);
  process.exitCode = 1;
}
