// npm run bench -- events: how long events are under way, and what they cost.
import { startRabbitMq } from '@procos/local-servers';
import { readOptions, UsageError } from '../options.mjs';
import { machine, printReport, say } from '../report.ts';
import { openCandidates } from '../worker/candidates.mjs';
import { endOnSignals } from '../worker/children.mjs';
import { openEngine } from '../worker/engine-session.mjs';
import { warmUpEngine } from '../worker/metrics/saturation.mjs';
import { openBridge } from './bridge-process.mjs';
import { eventLag } from './metrics/event-lag.mjs';
import { taskThroughput, warmUpBridge } from './metrics/task-throughput.mjs';

const METRICS = [eventLag, taskThroughput];
const DEFAULT_ROUNDS = 12;

const usage = [
  'Usage: npm run bench -- events [--runs 12] [--only metric,…] [--publish] [--json]',
  ...METRICS.map(({ name, about }) => `  ${name.padEnd(16)} ${about}`),
  '',
].join('\n');

function wantedMetrics({ only }) {
  const unknown = only.find((word) => !METRICS.some(({ name }) => name === word));
  if (unknown !== undefined) throw new UsageError(`There is no metric '${unknown}'.\n${usage}`);
  return METRICS.filter(({ name }) => only.length === 0 || only.includes(name));
}

/** @param {(() => unknown)[]} open what ends all of it, the first one last */
async function openAll(open) {
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
  return { broker, engine, candidates, bridge };
}

async function measure(metrics, { runs: rounds = DEFAULT_ROUNDS }, { broker, ...stage }) {
  const document = {
    bench: 'events',
    machine: machine({ broker: `RabbitMQ ${broker.version}` }),
    runs: [],
    results: [],
  };
  for (const metric of metrics) {
    const { runs, results } = await metric.measure({ rounds, ...stage });
    document.runs.push(...runs);
    document.results.push(...results);
  }
  return document;
}

async function main(words) {
  const options = readOptions(words);
  if (options.help) return void process.stdout.write(usage);
  const wanted = wantedMetrics(options);
  const open = [];
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
} catch (error) {
  process.stderr.write(`${error instanceof UsageError ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
