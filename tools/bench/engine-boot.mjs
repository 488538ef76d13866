#!/usr/bin/env node
// How long until the engine answers: the home made by tools/engine against plain `java -jar`, turn by turn on one machine.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureEngine } from '../engine/build-engine.mjs';
import { findJava } from '../engine/java-toolchain.mjs';
import { bootPeers } from './engine-boot-peers.mjs';

const ACCOUNT = { user: 'bench', password: 'bench-password' };
const TIMEOUT_MS = 180_000;
const RESAMPLES = 2_000;

/** Engines under way and their data: they go with this process, whatever ends it. */
const children = new Set();
const scratch = mkdtempSync(join(tmpdir(), 'procos-bench-boot-'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
process.once('exit', () => {
  children.forEach((child) => child.kill('SIGKILL'));
  rmSync(scratch, { recursive: true, force: true });
});

const say = (text) => process.stderr.write(`${text}\n`);

async function main(argv) {
  if (argv.includes('--help')) {
    console.log('Usage: node tools/bench/engine-boot.mjs [--runs 10] [--json]\nMeasures milliseconds until the REST API answers, on a new and on an existing H2 file.');
    return;
  }
  const runs = argv.includes('--runs') ? Number(argv[argv.indexOf('--runs') + 1]) : 10;
  if (!Number.isInteger(runs) || runs < 1) throw new RangeError('--runs must be a whole number of at least 1');
  const java = findJava();
  const home = await ensureEngine({ onProgress: ({ message }) => say(message) });
  const ours = { peer: 'ours', cwd: home.home, args: home.args };
  const candidates = [ours, ...(await bootPeers(java, say))];
  const times = new Map(candidates.map(({ peer }) => [peer, { new: [], existing: [] }]));
  for (let run = 1; run <= runs; run += 1) {
    // The order turns with each run, so that no candidate always follows the same other one.
    const order = candidates.map((_, index) => candidates[(index + run) % candidates.length]);
    for (const candidate of order) {
      const dataDir = join(scratch, `${run}-${candidates.indexOf(candidate)}`);
      mkdirSync(dataDir);
      for (const state of ['new', 'existing']) times.get(candidate.peer)[state].push(await bootOnce(java.executable, candidate, dataDir));
    }
    say(`run ${run} of ${runs} done`);
  }
  const results = candidates.slice(1).flatMap(({ peer }) => ['new', 'existing'].map((state) => compare(state, peer, times.get('ours')[state], times.get(peer)[state])));
  const report = { bench: 'engine-boot', machine: machine(java), runs, results };
  if (argv.includes('--json')) console.log(JSON.stringify(report, null, 2));
  else printTable(report);
}

/** Milliseconds from the start of the process until `/engine` and `/deployment` answer 200; the process is gone afterwards. */
async function bootOnce(java, { args, cwd, peer }, dataDir) {
  const port = await freePort();
  const env = {
    ...process.env,
    SERVER_ADDRESS: '127.0.0.1',
    SERVER_PORT: String(port),
    PROCOS_ENGINE_USER: ACCOUNT.user,
    PROCOS_ENGINE_PASSWORD: ACCOUNT.password,
    PROCOS_ENGINE_DATA_DIR: dataDir,
    SPRING_DATASOURCE_URL: `jdbc:h2:file:${join(dataDir, 'engine')}`,
  };
  const startedAt = performance.now();
  const child = spawn(java, args, { cwd: cwd ?? dataDir, env, stdio: 'ignore' });
  children.add(child);
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    while (!((await answers(port, '/engine')) && (await answers(port, '/deployment')))) {
      if (child.exitCode !== null) throw new Error(`${peer} ended with exit code ${child.exitCode} instead of booting`);
      if (performance.now() - startedAt > TIMEOUT_MS) throw new Error(`${peer} did not answer within ${TIMEOUT_MS} ms`);
      await sleep(10);
    }
    return performance.now() - startedAt;
  } finally {
    child.kill('SIGTERM');
    await Promise.race([ended, sleep(20_000).then(() => child.kill('SIGKILL'))]);
    await ended;
    children.delete(child);
  }
}

async function answers(port, path) {
  const authorization = `Basic ${Buffer.from(`${ACCOUNT.user}:${ACCOUNT.password}`).toString('base64')}`;
  try {
    const response = await fetch(`http://127.0.0.1:${port}/engine-rest${path}`, { headers: { authorization }, signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    // Not listening yet.
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function compare(state, peer, ours, theirs) {
  const ratios = Array.from({ length: RESAMPLES }, () => median(resample(theirs)) / median(resample(ours))).sort((a, b) => a - b);
  const bound = (share) => round(ratios[Math.min(RESAMPLES - 1, Math.floor(share * RESAMPLES))], 2);
  return {
    metric: `boot on ${state === 'new' ? 'a new' : 'an existing'} H2 file, median`,
    unit: 'ms',
    ours: round(median(ours)),
    theirs: round(median(theirs)),
    peer,
    ratio: round(median(theirs) / median(ours), 2),
    ci95: [bound(0.025), bound(0.975)],
    raw: { ours: ours.map((value) => round(value)), theirs: theirs.map((value) => round(value)) },
  };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const resample = (values) => values.map(() => values[Math.floor(Math.random() * values.length)]);
const round = (value, digits = 0) => Number(value.toFixed(digits));

function machine(java) {
  return { cpus: cpus().length, model: cpus()[0]?.model ?? 'unknown', memoryGiB: Math.round(totalmem() / 2 ** 30), os: type(), node: process.version, java: java.version };
}

function printTable({ machine: on, runs, results }) {
  console.log(`${on.cpus} x ${on.model}, ${on.memoryGiB} GiB, ${on.java}; ${runs} runs, ratio > 1 = ours is faster\n`);
  console.table(results.map(({ metric, ours, theirs, unit, ratio, ci95, peer }) => ({ metric, ours: `${ours} ${unit}`, theirs: `${theirs} ${unit}`, ratio, 'ci 95%': ci95.join(' - '), peer })));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
