import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Secret } from '@procos/config';
import { messageOf } from '@procos/errors';
import { readRunFile, type RunFile } from '../gateway-address.ts';
import { systemErrors } from './errors.ts';
import { isStillRunning, processMarks } from './process-mark.ts';

/** What a running system tells about itself, so that other commands find it. */
export interface RunningSystem extends Omit<RunFile, 'marks'> {
  readonly engineUrl: string;
  readonly startedAt: string;
  /** Process ids of the apps that are processes of their own. */
  readonly processes?: Readonly<Record<string, number>>;
  readonly servicesPid?: number | undefined;
}

/** The folder that holds everything embedded mode keeps between two runs. */
export interface DataFolder {
  readonly path: string;
  readonly engineDir: string;
  readonly filesDir: string;
  readonly logsDir: string;
  readonly journalDir: string;
  credentials(): { readonly user: string; readonly password: Secret };
  /** Writes it down together with the marks of all processes it names. */
  writeRun(run: RunningSystem): void;
  removeRun(): void;
}

/** Opens the data folder and makes what is missing. Waits for the remains of a killed run to end. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const root = resolve(path);
  const [engineDir, filesDir, logsDir, journalDir] = ['engine', 'files', 'logs', 'journal'].map((name) => join(root, name)) as [string, string, string, string];
  try {
    for (const folder of [engineDir, filesDir, logsDir, journalDir]) mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(root, '.writable'), '');
    rmSync(join(root, '.writable'));
  } catch (fault) {
    throw systemErrors.PROCOS_CLI_DATA_FOLDER({ path: root, reason: messageOf(fault) }, fault);
  }
  const runFile = join(root, 'run.json');
  await refuseSecondRun(runFile, root);
  return {
    path: root,
    engineDir,
    filesDir,
    logsDir,
    journalDir,
    credentials: () => readOrMakeCredentials(join(root, 'credentials.json')),
    writeRun: (run) => writeAtomically(runFile, JSON.stringify({ ...run, marks: processMarks([run.pid, run.enginePid, run.servicesPid, ...Object.values(run.processes ?? {})]) }, null, 2)),
    removeRun: () => rmSync(runFile, { force: true }),
  };
}

async function refuseSecondRun(runFile: string, root: string): Promise<void> {
  const earlier = readRunFile(runFile);
  if (earlier === undefined) return;
  const { pid, enginePid, marks } = earlier;
  if (isStillRunning(pid, marks)) throw systemErrors.PROCOS_CLI_ALREADY_RUNNING({ path: root, pid });
  // The engine of a killed run ends by itself when its parent is gone; the database must be free before the next one starts.
  for (let waited = 0; enginePid !== undefined && isStillRunning(enginePid, marks) && waited < 15_000; waited += 50) await delay(50);
  rmSync(runFile, { force: true });
}

function readOrMakeCredentials(file: string): { user: string; password: Secret } {
  if (!existsSync(file)) {
    writeAtomically(file, JSON.stringify({ user: 'procos', password: randomBytes(24).toString('base64url') }));
  }
  const { user, password } = JSON.parse(readFileSync(file, 'utf8')) as { user: string; password: string };
  return { user, password: new Secret(password) };
}

function writeAtomically(file: string, content: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, content, { mode: 0o600 });
  renameSync(temporary, file);
}
