#!/usr/bin/env node
// What it costs to keep apps apart: all in one thread, each in a worker thread, each in a process. Time to load, and memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { enableCompileCache } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, Worker, isMainThread, workerData } from 'node:worker_threads';

const APPS = ['gateway', 'system-worker', 'generic-worker', 'ai-worker'];
const MODES = ['one-thread', 'threads', 'processes'];
const RUNS = 7;
const self = fileURLToPath(import.meta.url);
const root = join(import.meta.dirname, '../..');

// As the apps do it: the second start of any way finds compiled sources.
enableCompileCache();

if (!isMainThread) {
  await import(`@procos/${workerData}`);
  parentPort.postMessage('loaded');
  // Stays, so that its memory is measured.
  setInterval(() => undefined, 1_000);
} else if (process.argv[2] === '--load') {
  await load(process.argv[3], process.argv.slice(4));
} else {
  await compare(process.argv.includes('--json'));
}

/** Runs in a fresh process: loads the apps in the given way, then says how much memory it takes. */
async function load(mode, apps) {
  if (mode === 'threads') {
    const workers = apps.map((app) => new Worker(new URL(import.meta.url), { workerData: app }));
    await Promise.all(workers.map((worker) => once(worker, 'message')));
  } else {
    for (const app of apps) await import(`@procos/${app}`);
  }
  process.stdout.write(JSON.stringify({ rss: process.memoryUsage.rss() }));
  process.exit(0);
}

async function measure(mode) {
  const started = performance.now();
  const loads = mode === 'processes' ? APPS.map((app) => child('one-thread', [app])) : [child(mode, APPS)];
  const answers = await Promise.all(loads);
  return { ms: performance.now() - started, mb: answers.reduce((sum, { rss }) => sum + rss, 0) / 1e6 };
}

async function child(mode, apps) {
  const node = spawn(process.execPath, ['--conditions=@procos/source', self, '--load', mode, ...apps], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  node.stdout.on('data', (chunk) => (text += chunk));
  const [code] = await once(node, 'close');
  if (code !== 0) throw new Error(`Loading ${apps.join(', ')} (${mode}) ended with exit code ${code}`);
  return JSON.parse(text);
}

async function compare(json) {
  for (const mode of MODES) await measure(mode);
  const samples = Object.fromEntries(MODES.map((mode) => [mode, []]));
  for (let run = 0; run < RUNS; run++) for (const mode of MODES) samples[mode].push(await measure(mode));
  const results = ['one-thread', 'processes'].flatMap((peer) =>
    [
      ['load', 'ms', (sample) => sample.ms],
      ['memory', 'MB', (sample) => sample.mb],
    ].map(([metric, unit, pick]) => row(metric, unit, peer, samples.threads.map(pick), samples[peer].map(pick))),
  );
  const document = { bench: 'app-isolation', machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`, runs: RUNS, results };
  process.stdout.write(json ? `${JSON.stringify(document)}\n` : `${document.machine}, ${RUNS} runs; ratio above 1: threads are better\n${results.map(line).join('\n')}\n`);
}

function row(metric, unit, peer, ours, theirs) {
  const ratios = ours.map((value, run) => theirs[run] / value).toSorted((a, b) => a - b);
  // Smallest and largest of seven ratios hold their median with 98 %.
  return { metric, unit, ours: median(ours), theirs: median(theirs), peer, ratio: median(ratios), ci95: [ratios[0], ratios.at(-1)] };
}

function line({ metric, unit, ours, theirs, peer, ratio, ci95 }) {
  const number = (value) => value.toFixed(2);
  return `${metric.padEnd(7)} threads ${ours.toFixed(0)} ${unit}, ${peer} ${theirs.toFixed(0)} ${unit}, ratio ${number(ratio)} (${ci95.map(number).join(' to ')})`;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
