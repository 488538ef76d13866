// Programs that Debian packages bring: found on this machine, or installed when that is allowed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultCacheDir, withBuildLock } from '@procos/engine-build';
import type { OnProgress } from './running-service.ts';
import { ServiceStartError } from './service-error.ts';

const PROGRESS_EVERY_MS = 10_000;
const LOCK_PATIENCE_MS = 300_000;
const LOCK_POLL_MS = 1_000;

export interface WantedProgram {
  readonly service: string;
  readonly program: string;
  /** Where packages put it outside of PATH, the best first. */
  readonly places: () => readonly string[];
  readonly debianPackage: string;
}

/**
 * Path of a program, its package installed first when it is missing and we are root on a Debian.
 *
 * @throws ServiceStartError
 */
export async function findProgram(wanted: WantedProgram, onProgress: OnProgress): Promise<string> {
  const found = find(wanted);
  if (found !== undefined) return found;
  const { service, program, debianPackage } = wanted;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    throw new ServiceStartError(
      service,
      `There is no ${program} on this machine. Install it:\n  Debian, Ubuntu:  sudo apt-get install ${debianPackage}`,
    );
  }
  const installed = await install(wanted, onProgress);
  if (installed === undefined)
    throw new ServiceStartError(service, `The package ${debianPackage} is installed, but brought no ${program}.`);
  return installed;
}

function find({ program, places }: WantedProgram): string | undefined {
  return places().find((file) => existsSync(file)) ?? onPath(program);
}

function onPath(program: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}

/** One installation at a time: apt-get waits for nobody, and services start side by side, in several processes. */
function install(wanted: WantedProgram, onProgress: OnProgress): Promise<string | undefined> {
  const { service, debianPackage } = wanted;
  const onWait = (pid: number) =>
    onProgress(`${debianPackage}: another installation is under way (process ${pid}), waiting for it`);
  return withBuildLock(join(defaultCacheDir(), 'apt.lock'), { onWait }, async () => {
    const meanwhile = find(wanted);
    if (meanwhile !== undefined) return meanwhile;
    onProgress(`installing the package ${debianPackage}`);
    const ticker = setInterval(() => onProgress(`installing the package ${debianPackage}, still`), PROGRESS_EVERY_MS);
    try {
      await apt(service, ['update', '-q']);
      await apt(service, ['install', '-q', '-y', '--no-install-recommends', debianPackage]);
    } finally {
      clearInterval(ticker);
    }
    return find(wanted);
  });
}

/** Somebody else may run apt-get too: an installation waits for its lock by an option, the one of the lists has none. */
async function apt(service: string, args: readonly string[]): Promise<void> {
  for (const deadline = performance.now() + LOCK_PATIENCE_MS; ; await sleep(LOCK_POLL_MS)) {
    const { code, said } = await runApt(['-o', `DPkg::Lock::Timeout=${LOCK_PATIENCE_MS / 1_000}`, ...args]);
    if (code === 0) return;
    if (/Could not get lock|Unable to lock/.test(said) && performance.now() < deadline) continue;
    throw new ServiceStartError(
      service,
      `apt-get ${args[0]} ended with exit code ${code}.`,
      said.trimEnd().split('\n').slice(-10),
    );
  }
}

async function runApt(args: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> {
  // The package would start a server of the system on its usual ports; runlevel 1 tells it not to.
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const child = spawn('apt-get', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4_000)));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  return { code, said };
}
