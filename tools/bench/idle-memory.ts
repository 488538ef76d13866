// How much memory an idle embedded system takes in Node: as `procos` starts it, against the defaults of Node.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '@procos/errors';
import { takenPort } from '@procos/local-servers';
import { readOptions } from './options.mjs';
import { machine, printReport, say } from './report.ts';
import { compareRuns, type RoundRun, valuesOf } from './statistics.ts';
import { endOnSignals, endsWithUs } from './worker/children.ts';

const METRIC = 'node-rss';
const DEFAULT_ROUNDS = 3;
/** After the first answer: what the boot has left behind is given back by then. */
const IDLE_MS = 60_000;
const BOOT_MS = 120_000;
const STOP_MS = 60_000;
/** Ports of a system, from that of the engine on. */
const PORTS = Array.from({ length: 20 }, (_, index) => 8_080 + index);

const root = join(import.meta.dirname, '../..');
const WAYS = {
  ours: [join(root, 'apps/cli/bin/procos.mjs')],
  'plain-node': ['--conditions=@procos/source', join(root, 'apps/cli/src/main.ts')],
} as const;
type Way = keyof typeof WAYS;

const usage = `Usage: npm run bench -- idle-memory [--runs ${DEFAULT_ROUNDS}] [--publish] [--json]
Boots an embedded system, waits ${IDLE_MS / 1000} s, and reads how much memory its Node process holds (Linux).
`;

async function main(words: readonly string[]): Promise<void> {
  const options = readOptions(words);
  const { help, runs: rounds = DEFAULT_ROUNDS } = options;
  if (help) return void process.stdout.write(usage);
  if (process.platform !== 'linux')
    throw new Error('The memory of a process is read from /proc, which Linux alone has.');
  const runs: RoundRun[] = [];
  endOnSignals(() => Promise.resolve());
  // Round 0 fills the caches of compiled sources.
  for (let round = 0; round <= rounds; round += 1) {
    for (const candidate of round % 2 === 0 ? (['ours', 'plain-node'] as const) : (['plain-node', 'ours'] as const)) {
      const value = await idleMegabytes(candidate);
      say(`round ${round} of ${rounds}: ${candidate} ${value} MB`);
      if (round > 0) runs.push({ metric: METRIC, round, candidate, value });
    }
  }
  const result = compareRuns({ ours: valuesOf(runs, 'ours'), theirs: valuesOf(runs, 'plain-node') });
  printReport(
    {
      bench: 'idle-memory',
      machine: machine(),
      runs,
      results: [{ metric: METRIC, unit: 'MB', peer: 'plain-node', ...result }],
    },
    options,
  );
}

async function idleMegabytes(way: Way): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'procos-bench-memory-'));
  const portOffset = await freePortOffset();
  const args = [...WAYS[way], 'up', '--json', '--data-dir', dataDir, '--port-offset', String(portOffset)];
  const { NODE_COMPILE_CACHE: _cache, ...env } = process.env;
  const child = endsWithUs(spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] }));
  const ended = once(child, 'exit');
  try {
    await Promise.race([
      once(child.stdout, 'data'),
      ended.then(() => Promise.reject(new Error(`${way} ended instead of booting`))),
      sleep(BOOT_MS, undefined, { ref: false }).then(() =>
        Promise.reject(new Error(`${way} gave no answer within ${BOOT_MS / 1000} s`)),
      ),
    ]);
    await sleep(IDLE_MS);
    return residentMegabytes(child.pid ?? 0);
  } finally {
    child.kill('SIGTERM');
    await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false }).then(() => child.kill('SIGKILL'))]);
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Where all ports of a system are free. */
async function freePortOffset(): Promise<number> {
  for (let offset = 3_000; offset < 20_000; offset += PORTS.length)
    if ((await takenPort(PORTS.map((port) => port + offset))) === undefined) return offset;
  throw new Error('There are no twenty free ports in a row between 11080 and 28080.');
}

function residentMegabytes(pid: number): number {
  const [, kibibytes] = /^Rss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Math.round((Number(kibibytes) * 1_024) / 1e6);
}

main(process.argv.slice(2)).catch((thrown: unknown) => {
  process.stderr.write(`${messageOf(thrown)}\n`);
  process.exitCode = 1;
});
