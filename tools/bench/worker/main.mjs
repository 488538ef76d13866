// npm run bench -- worker: our worker runtime against its peers on one engine, turn by turn in one run.
import { machine, printReport, say } from '../report.ts';
import { readOptions, UsageError } from '../options.mjs';
import { openCandidates } from './candidates.mjs';
import { endOnSignals } from './children.mjs';
import { openEngine } from './engine-session.mjs';
import { chain40 } from './metrics/chain40.mjs';
import { idleRequests } from './metrics/idle-requests.mjs';
import { noisyNeighbour } from './metrics/noisy-neighbour.mjs';
import { savePoints } from './metrics/save-points.mjs';
import { saturation, warmUpEngine } from './metrics/saturation.mjs';
import { openTemporal, TemporalMissingError } from './temporal/open-temporal.mjs';

const METRICS = [chain40, saturation, idleRequests, noisyNeighbour, savePoints];
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

async function main(words) {
  const options = readOptions(words);
  const { help, runs: rounds = DEFAULT_ROUNDS, only } = options;
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const wanted = choose(only);
  const document = { bench: 'worker', machine: machine(), runs: [], results: [], notes: [] };
  const open = [];
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
async function measureAll(wanted, context, document) {
  const add = async (metric, peer, more = {}) => {
    const { runs, results } = await metric.measure({ ...context, ...more, peer });
    document.runs.push(...runs);
    document.results.push(...results);
  };
  for (const { metric, peer } of wanted.filter(({ peer }) => peer !== 'temporal')) await add(metric, peer);
  const others = wanted.filter(({ peer }) => peer === 'temporal');
  if (others.length === 0) return;
  const temporal = await openTemporal(say).catch((error) => {
    if (!(error instanceof TemporalMissingError)) throw error;
    document.notes.push(`Without Temporal: ${error.message}`);
    say(document.notes.at(-1));
  });
  if (temporal === undefined) return;
  context.open.push(temporal.close);
  for (const { metric, peer } of others) await add(metric, peer, { temporal });
}

function choose(only) {
  const all = METRICS.flatMap((metric) => metric.peers.map((peer) => ({ metric, peer })));
  const matches =
    (word) =>
    ({ metric, peer }) =>
      word === metric.name || word === `${metric.name}:${peer}`;
  const unknown = only.find((word) => !all.some(matches(word)));
  if (unknown !== undefined) throw new UsageError(`There is no metric '${unknown}'.\n${usage}`);
  return only.length === 0 ? all : all.filter((pair) => only.some((word) => matches(word)(pair)));
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof UsageError ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
