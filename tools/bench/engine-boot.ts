// How long until the engine answers: the home made by @procos/engine-build against plain `java -jar`, turn by turn on one machine.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '@procos/errors';
import { freePorts } from '@procos/local-servers';
import { ensureEngine, findJava, type JavaRuntime } from '@procos/engine-build';
import { bootPeers, type BootCandidate } from './engine-boot-peers.ts';
import { readOptions } from './options.mjs';
import { machine, printReport, say } from './report.ts';
import { compareRuns, type RoundRun, valuesOf } from './statistics.ts';

const ACCOUNT = { user: 'bench', password: 'bench-password' };
const TIMEOUT_MS = 180_000;

/** Engines under way and their data: they go with this process, whatever ends it. */
const children = new Set<ChildProcess>();
const scratch = mkdtempSync(join(tmpdir(), 'procos-bench-boot-'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
process.once('exit', () => {
  children.forEach((child) => child.kill('SIGKILL'));
  rmSync(scratch, { recursive: true, force: true });
});

const STATES = ['new', 'existing'] as const;
type State = (typeof STATES)[number];

async function main(argv: readonly string[]): Promise<void> {
  const options = readOptions(argv);
  const { help, runs = 10 } = options;
  if (help) {
    process.stdout.write(
      'Usage: npm run bench -- engine-boot [--runs 10] [--json]\nMeasures milliseconds until the REST API answers, on a new and on an existing H2 file.\n',
    );
    return;
  }
  const java = findJava();
  const home = await ensureEngine({ onProgress: ({ message }) => say(message) });
  const ours: BootCandidate = { peer: 'ours', cwd: home.home, args: home.args };
  const candidates = [ours, ...(await bootPeers(java, say))];
  const raw = await measure({ candidates, java, rounds: runs });
  const results = candidates.slice(1).flatMap(({ peer }) => STATES.map((state) => compare(state, peer, raw)));
  printReport({ bench: 'engine-boot', machine: machine({ java: java.version }), runs: raw, results }, options);
}

async function measure({
  candidates,
  java,
  rounds,
}: {
  readonly candidates: readonly BootCandidate[];
  readonly java: JavaRuntime;
  readonly rounds: number;
}): Promise<readonly RoundRun[]> {
  const raw: RoundRun[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    // The order turns with each round, so that no candidate always follows the same other one.
    const order = candidates.flatMap((_, index) => candidates[(index + round) % candidates.length] ?? []);
    for (const candidate of order) {
      const dataDir = join(scratch, `${round}-${candidates.indexOf(candidate)}`);
      mkdirSync(dataDir);
      for (const state of STATES) {
        raw.push({
          metric: metricOf(state),
          round,
          candidate: candidate.peer,
          value: Math.round(await bootOnce(java.executable, candidate, dataDir)),
        });
      }
    }
    say(`round ${round} of ${rounds} done`);
  }
  return raw;
}

/** Milliseconds from the start of the process until `/engine` and `/deployment` answer 200; the process is gone afterwards. */
async function bootOnce(java: string, { args, cwd, peer }: BootCandidate, dataDir: string): Promise<number> {
  const [port = 0] = await freePorts(1);
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

async function answers(port: number, path: string): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${ACCOUNT.user}:${ACCOUNT.password}`).toString('base64')}`;
  try {
    const response = await fetch(`http://127.0.0.1:${port}/engine-rest${path}`, {
      headers: { authorization },
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    // Not listening yet.
    return false;
  }
}

const metricOf = (state: State) => `boot on ${state === 'new' ? 'a new' : 'an existing'} H2 file`;

function compare(state: State, peer: string, raw: readonly RoundRun[]) {
  const metric = metricOf(state);
  const runs = raw.filter((run) => run.metric === metric);
  return { metric, unit: 'ms', peer, ...compareRuns({ ours: valuesOf(runs, 'ours'), theirs: valuesOf(runs, peer) }) };
}

main(process.argv.slice(2)).catch((thrown: unknown) => {
  process.stderr.write(`${messageOf(thrown)}\n`);
  process.exitCode = 1;
});
