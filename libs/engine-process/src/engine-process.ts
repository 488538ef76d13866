import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readEngineHome } from './engine-home.ts';

export interface EngineProcessOptions {
  /** Folder with engine.json. */
  readonly home: string;
  readonly port: number;
  /** Holds the database, unless the environment names one with `CAMUNDA_DB_URL`. */
  readonly dataDir: string;
  readonly logFile: string;
  readonly user: string;
  readonly password: string;
  /** Rest of the environment, database settings included. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A running engine that this process started. */
export interface EngineProcess {
  readonly pid: number | undefined;
  /** Resolves with the reason when the process has ended, however that came about. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  /** The last lines it wrote. */
  lastWords(): string;
  /** SIGTERM, and SIGKILL when that takes longer than ten seconds. */
  stop(): Promise<void>;
  kill(): void;
}

/** Starts the engine as a child. It ends by itself when this process ends: its standard input closes then. */
export function startEngineProcess(options: EngineProcessOptions): EngineProcess {
  const { java, args } = readEngineHome(options.home);
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  mkdirSync(dirname(resolve(options.logFile)), { recursive: true });
  const child = spawn(java, args, {
    cwd: options.home,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A Ctrl-C at the terminal reaches a whole process group: the engine must outlive it until the shutdown process has run.
    detached: true,
    env: {
      ...options.env,
      SERVER_ADDRESS: '127.0.0.1',
      SERVER_PORT: String(options.port),
      // A database that is named takes the place of the file in the folder.
      PROCOS_ENGINE_DATA_DIR: options.env['CAMUNDA_DB_URL'] ? undefined : dataDir,
      PROCOS_ENGINE_USER: options.user,
      PROCOS_ENGINE_PASSWORD: options.password,
      PROCOS_ENGINE_STOP_WITH_STDIN: 'true',
    },
  });
  const lines = keepOutput(child, options.logFile);
  const ended = watchEnd(child);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid,
    ended,
    hasEnded,
    lastWords: () => lines.join('\n'),
    kill: () => void child.kill('SIGKILL'),
    stop: async () => {
      child.kill('SIGTERM');
      await Promise.race([ended, delay(10_000, undefined, { ref: false })]);
      if (!hasEnded()) child.kill('SIGKILL');
      await ended;
    },
  };
}

function keepOutput(child: ChildProcess, logFile: string): string[] {
  const log = createWriteStream(logFile, { flags: 'a' });
  // On a full disk its output is lost from then on; the engine itself goes on as far as it can.
  let isWritable = true;
  log.on('error', () => (isWritable = false));
  const lines: string[] = [];
  const keep = (chunk: Buffer) => {
    if (isWritable) log.write(chunk);
    lines.push(
      ...chunk
        .toString()
        .split('\n')
        .filter((line) => line.trim() !== ''),
    );
    lines.splice(0, lines.length - 12);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return lines;
}

async function watchEnd(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return signal === null ? `exit code ${code}` : signal;
  } catch (fault) {
    // `once` rejects on an error event: the program could not be started at all.
    return fault instanceof Error ? fault.message : String(fault);
  }
}
