// Outlives the program that started servers, in order to end them: that one may die in any way, even by kill -9, and then the
// pipe to us closes. Told one JSON line for each thing to end, and its id alone once that has ended.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const POLITE_MS = 8_000;
const POLL_MS = 50;
/** The parts of `Guarded`: this program loads nothing but Node. */
interface Told {
  readonly pid?: number;
  readonly signal?: NodeJS.Signals;
  readonly command?: readonly [string, ...string[]];
  readonly folder?: string;
}

const guarded = new Map<number, Told>();

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    // It has ended by itself, which is what we are here for.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

async function endProcess(pid: number, signal: NodeJS.Signals): Promise<void> {
  if (!send(pid, signal)) return;
  for (const deadline = performance.now() + POLITE_MS; performance.now() < deadline; await sleep(POLL_MS))
    if (!send(pid, 0)) return;
  // Each server leads a process group of its own.
  send(-pid, 'SIGKILL');
}

async function endAll(): Promise<void> {
  const all = [...guarded.values()];
  await Promise.all(all.flatMap(({ pid, signal = 'SIGTERM' }) => (pid === undefined ? [] : [endProcess(pid, signal)])));
  for (const { command } of all)
    if (command !== undefined) spawnSync(command[0], command.slice(1), { stdio: 'ignore', timeout: 60_000 });
  for (const { folder } of all)
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

// A Ctrl-C in the terminal is for those we guard against.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, ...what } = JSON.parse(line) as Told & { readonly id: number };
    if (Object.keys(what).length > 0) guarded.set(id, what);
    else guarded.delete(id);
  })
  .once('close', () => void endAll());
