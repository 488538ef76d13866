// npm run bench -- events: how long events are under way, and what they cost.
import { startRabbitMq } from '@procos/local-servers';
import { type BenchOptions, readOptions, UsageError } from '../options.mjs';
import { machine, printReport, type Report, say, stackOf } from '../report.ts';
import { type Candidates, openCandidates } from '../worker/candidates.ts';
import { endOnSignals } from '../worker/children.ts';
import { type EngineSession, openEngine } from '../worker/engine-session.ts';
import { warmUpEngine } from '../worker/metrics/saturation.ts';
import { type Bridge, openBridge } from './bridge-process.ts';
import type { EventMetric } from './event-metric.ts';
import { eventLag } from './metrics/event-lag.ts';
import { taskThroughput, warmUpBridge } from './metrics/task-throughput.ts';

const METRICS: readonly EventMetric[] = [eventLag, taskThroughput];
const DEFAULT_ROUNDS = 12;

const usage = [
  'Usage: npm run bench -- events [--runs 12] [--only metric,…] [--publish] [--json]',
  ...METRICS.map(({ name, about }) => `  ${name.padEnd(16)} ${about}`),
  '',
].join('\n');

interface Stage {
  readonly engine: EngineSession;
  readonly candidates: Candidates;
  readonly bridge: Bridge;
}

function wantedMetrics({ only }: BenchOptions): typeof METRICS {
  const unknown = only.find((word) => !METRICS.some(({ name }) => name === word));
  if (unknown !== undefined) throw new UsageError(`There is no metric '${unknown}'.\n${usage}`);
  return METRICS.filter(({ name }) => only.length === 0 || only.includes(name));
}

/** @param open what ends all of it, the first one last */
async function openAll(open: (() => unknown)[]): Promise<Stage & { readonly brokerVersion: string }> {
  const broker = await startRabbitMq({ onProgress: say });
  open.push(broker.stop);
  const engine = await openEngine();
  open.push(engine.stop);
  const candidates = openCandidates();
  open.push(candidates.close);
  await warmUpEngine(engine, candidates);
  const bridge = await openBridge(engine.connection, broker.url);
  open.push(bridge.close);
  await warmUpBridge(engine, candidates, bridge);
  return { brokerVersion: broker.version ?? '', engine, candidates, bridge };
}

async function measure(
  metrics: typeof METRICS,
  { runs: rounds = DEFAULT_ROUNDS }: BenchOptions,
  { brokerVersion, ...stage }: Stage & { readonly brokerVersion: string },
): Promise<Report> {
  const document = {
    bench: 'events',
    machine: machine({ broker: `RabbitMQ ${brokerVersion}` }),
    runs: [] as Report['runs'][number][],
    results: [] as Report['results'][number][],
  };
  for (const metric of metrics) {
    const { runs, results } = await metric.measure({ rounds, ...stage });
    document.runs.push(...runs);
    document.results.push(...results);
  }
  return document;
}

async function main(words: readonly string[]): Promise<void> {
  const options = readOptions(words);
  if (options.help) return void process.stdout.write(usage);
  const wanted = wantedMetrics(options);
  const open: (() => unknown)[] = [];
  const closeAll = async () => {
    for (const close of open.splice(0).reverse()) await close();
  };
  const isStopped = endOnSignals(closeAll);
  try {
    const document = await measure(wanted, options, await openAll(open));
    await closeAll();
    printReport(document, options);
  } catch (error) {
    // What fails because everything is being closed is no news.
    if (!isStopped()) throw error;
  } finally {
    await closeAll();
  }
}

try {
  await main(process.argv.slice(2));
} catch (thrown) {
  process.stderr.write(`${thrown instanceof UsageError ? thrown.message : stackOf(thrown)}\n`);
  process.exitCode = 1;
}
