import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { join } from 'node:path';
import { systemErrors } from '../system/errors.ts';
import { isStillRunning } from '../system/process-mark.ts';
import { exitCodes } from '../exit-codes.ts';
import { dataFolder, readRunFile, type RunFile } from '../gateway-address.ts';
import { wholeNumber } from '../input/whole-number.ts';
import type { Io } from '../io.ts';
import { startProgress } from '../output/progress.ts';
import { report } from '../output/report.ts';
import { newCommand } from './command.ts';

interface DownOptions {
  readonly json?: boolean;
  readonly dataDir?: string;
  readonly timeout: number;
}

/** `procos down`: asks a running system to shut down, and waits until it has. */
export function downCommand(io: Io): Command {
  return newCommand({
    usage: 'down',
    summary: 'Shut down the system that runs on a data folder: its shutdown process runs first.',
    examples: [
      ['procos down', 'stop the system of .procos'],
      ['procos down --data-dir /tmp/second', 'stop another one'],
    ],
  })
    .option('--data-dir <folder>', 'data folder of procos up (default: $PROCOS_DATA_DIR, else .procos)')
    .option('--timeout <seconds>', 'how long to wait', wholeNumber, 60)
    .action(async (options: DownOptions) => {
      const run = runningSystem(dataFolder(io, options));
      const stopped = await stopSystem(io, run, options.timeout);
      report(io, options, { ok: stopped, pid: run.pid, state: stopped ? 'stopped' : 'stopping' }, () =>
        renderEnd(run, stopped, options.timeout),
      );
    });
}

/** What runs on a data folder. @throws PROCOS_CLI_NOT_RUNNING */
export function runningSystem(path: string): RunFile {
  const run = readRunFile(join(path, 'run.json'));
  if (run === undefined || !isStillRunning(run.pid, run.marks)) throw systemErrors.PROCOS_CLI_NOT_RUNNING({ path });
  return run;
}

/** Asks a system to shut down; false when it has not done so in time, which the exit code says as well. */
export async function stopSystem(io: Io, run: RunFile, timeoutSeconds: number): Promise<boolean> {
  process.kill(run.pid, 'SIGTERM');
  const stopped = await waitForEnd(io, run, timeoutSeconds * 1_000);
  if (!stopped) io.exitCode = exitCodes.timeout;
  return stopped;
}

export function renderEnd({ pid }: RunFile, stopped: boolean, timeout: number): string {
  return stopped ? `Stopped (process ${pid}).\n` : `Still stopping after ${timeout} s (process ${pid}).\n`;
}

async function waitForEnd(io: Io, { pid, marks }: RunFile, timeoutMs: number): Promise<boolean> {
  using progress = startProgress(io, 'stopping');
  progress.update('the shutdown process runs');
  for (let waited = 0; waited < timeoutMs; waited += 100) {
    if (!isStillRunning(pid, marks)) return true;
    await delay(100);
  }
  return !isStillRunning(pid, marks);
}
