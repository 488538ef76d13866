// What it costs to keep apps apart: all in one thread, each in a worker thread, each in a process. Time to load, and memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, Worker, isMainThread, workerData } from 'node:worker_threads';
import { type BenchOptions, readOptions } from './options.mjs';
import { machine, printReport } from './report.ts';
import { compareRuns, type RoundRun, valuesOf } from './statistics.ts';

interface Sample {
  readonly ms: number;
  readonly mb: number;
}

const APPS = ['gateway', 'system-worker', 'generic-worker', 'ai-worker'];
const MODES = ['one-thread', 'threads', 'processes'] as const;
type Mode = (typeof MODES)[number];
const METRICS: readonly { metric: string; unit: string; pick: (sample: Sample) => number }[] = [
  { metric: 'load', unit: 'ms', pick: (sample) => sample.ms },
  { metric: 'memory', unit: 'MB', pick: (sample) => sample.mb },
];
const self = fileURLToPath(import.meta.url);
const root = join(import.meta.dirname, '../..');

// As the apps do it: the second start of any way finds compiled sources.
enableCompileCache();

if (!isMainThread) {
  await import(`@procos/${String(workerData)}`);
  parentPort?.postMessage('loaded');
  // Stays, so that its memory is measured.
  setInterval(() => undefined, 1_000);
} else if (process.argv[2] === '--load') {
  await load(process.argv[3] === 'threads', process.argv.slice(4));
} else {
  await compare(readOptions(process.argv.slice(2)));
}

/** Runs in a fresh process: loads the apps in the given way, then says how much memory it takes. */
async function load(inThreads: boolean, apps: readonly string[]): Promise<void> {
  if (inThreads) {
    const workers = apps.map((app) => new Worker(new URL(import.meta.url), { workerData: app }));
    await Promise.all(workers.map((worker) => once(worker, 'message')));
  } else {
    for (const app of apps) await import(`@procos/${app}`);
  }
  process.stdout.write(JSON.stringify({ rss: process.memoryUsage.rss() }));
  process.exit(0);
}

async function measure(mode: Mode): Promise<Sample> {
  const started = performance.now();
  const loads = mode === 'processes' ? APPS.map((app) => child('one-thread', [app])) : [child(mode, APPS)];
  const answers = await Promise.all(loads);
  return { ms: performance.now() - started, mb: answers.reduce((sum, { rss }) => sum + rss, 0) / 1e6 };
}

async function child(mode: Mode, apps: readonly string[]): Promise<{ readonly rss: number }> {
  const node = spawn(process.execPath, ['--conditions=@procos/source', self, '--load', mode, ...apps], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  node.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const [code] = (await once(node, 'close')) as [number | null];
  if (code !== 0) throw new Error(`Loading ${apps.join(', ')} (${mode}) ended with exit code ${code}`);
  return JSON.parse(text) as { rss: number };
}

async function compare(options: BenchOptions): Promise<void> {
  const { help, runs = 7 } = options;
  if (help) {
    process.stdout.write(
      'Usage: npm run bench -- app-isolation [--runs 7] [--json]\nMeasures time to load and memory of apps in worker threads, against one thread and against processes.\n',
    );
    return;
  }
  for (const mode of MODES) await measure(mode);
  const raw: RoundRun[] = [];
  for (let round = 1; round <= runs; round += 1) {
    for (const mode of MODES) {
      const sample = await measure(mode);
      raw.push(
        ...METRICS.map(({ metric, pick }) => ({ metric, round, candidate: mode, value: Math.round(pick(sample)) })),
      );
    }
  }
  const results = (['one-thread', 'processes'] as const).flatMap((peer) =>
    METRICS.map(({ metric, unit }) => {
      const runsOf = raw.filter((run) => run.metric === metric);
      return {
        metric,
        unit,
        peer,
        ...compareRuns({ ours: valuesOf(runsOf, 'threads'), theirs: valuesOf(runsOf, peer) }),
      };
    }),
  );
  printReport({ bench: 'app-isolation', machine: machine(), runs: raw, results }, options);
}
