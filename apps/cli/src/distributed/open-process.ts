import { type ChildProcess, spawn } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import type { Environment } from '@procos/config';
import { openKeptFile } from '@procos/logging';
import { type AppReport, supervisedFlag } from '@procos/service-kit';
import type { AppChild } from '../system/app-child.ts';
import type { AppName } from '../system/app-names.ts';
import { checkoutRoot } from '../system/engine-home.ts';

export interface ProcessOptions {
  readonly app: AppName;
  readonly env: Environment;
  /** Gets everything the process writes. */
  readonly logFile: string;
  readonly logToStderr: boolean;
}

/** Run from source, as this file is, or from what was built. */
const fromSource = import.meta.filename.endsWith('.ts');

/** The arguments of node that start an app. */
export function appArguments(app: AppName): readonly string[] {
  const folder = join(checkoutRoot, 'apps', app);
  return fromSource ? ['--conditions=@procos/source', join(folder, 'src/main.ts')] : [join(folder, 'dist/main.js')];
}

/** Opens an app in a process of its own. It ends by itself when this process ends: its channel closes then. */
export function openProcess({ app, env, logFile, logToStderr }: ProcessOptions): AppChild {
  const child = spawn(process.execPath, [...appArguments(app), supervisedFlag], {
    // Without the cache each process would strip and compile the same sources again.
    env: { NODE_COMPILE_CACHE: getCompileCacheDir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A Ctrl-C at the terminal reaches a whole process group: the apps must outlive it until the shutdown process has run.
    detached: true,
  });
  const lastWords = keepOutput(child, logFile, logToStderr);
  const ended = endOf(child, lastWords);
  return {
    pid: child.pid,
    ended,
    hasEnded: () => hasEnded(child),
    send: (command) => {
      // One that ends in this very moment tells so by its end.
      if (child.connected) child.send(command, () => undefined);
    },
    onReport: (listener) => {
      const onMessage = (message: unknown) => listener(message as AppReport);
      child.on('message', onMessage);
      return () => child.off('message', onMessage);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

function keepOutput(child: ChildProcess, logFile: string, logToStderr: boolean): () => string {
  const log = openKeptFile(logFile);
  let last = '';
  const keep = (chunk: Buffer) => {
    log.write(chunk);
    if (logToStderr) process.stderr.write(chunk);
    last = `${last}${chunk.toString()}`.slice(-500);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.once('close', () => void log.end());
  return () => last.trim().split('\n').at(-1) ?? '';
}

function endOf(child: ChildProcess, lastWords: () => string): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (fault) => child.pid === undefined && resolve(fault.message));
    child.once('exit', (code, signal) =>
      resolve(
        signal === null
          ? `its process ended with exit code ${code}. Its last words: ${lastWords()}`
          : `its process was ended by ${signal}`,
      ),
    );
  });
}
