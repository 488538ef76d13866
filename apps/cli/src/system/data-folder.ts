import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Secret } from '@procos/config';
import { isProcosError, messageOf } from '@procos/errors';
import { readRunFile, type RunFile } from '../gateway-address.ts';
import { systemErrors } from './errors.ts';
import { claimFolder } from './folder-claim.ts';
import { isStillRunning, processMarks } from './process-mark.ts';

/** What a running system tells about itself, so that other commands find it. */
export interface RunningSystem extends Omit<RunFile, 'marks'> {
  readonly engineUrl: string;
  readonly startedAt: string;
}

/** The folder that holds everything embedded mode keeps between two runs. */
export interface DataFolder {
  readonly path: string;
  readonly engineDir: string;
  readonly filesDir: string;
  readonly logsDir: string;
  readonly journalDir: string;
  /** The cursor in the history and the queues of the bus. */
  readonly eventsDir: string;
  credentials(): { readonly user: string; readonly password: Secret };
  /** Writes it down together with the marks of all processes it names. */
  writeRun(run: RunningSystem): void;
  /** The same while it runs: a disk that is full just then must end nothing, so that it stays as it was. */
  noteRun(run: RunningSystem): void;
  /** Takes that away and lets another system have the folder. */
  removeRun(): void;
}

/** Opens the data folder and makes what is missing. Waits for the remains of a killed run to end. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const root = resolve(path);
  const runFile = join(root, 'run.json');
  const folders = makeFolders(root);
  const release = await claim(root, runFile);
  const writeRun = (run: RunningSystem) =>
    writeAtomically(runFile, JSON.stringify({ ...run, marks: processMarks(pidsOf(run)) }, null, 2));
  return {
    path: root,
    ...folders,
    credentials: () => readOrMakeCredentials(join(root, 'credentials.json')),
    writeRun,
    noteRun: (run) => {
      try {
        writeRun(run);
      } catch (fault) {
        if (!isProcosError(fault)) throw fault;
      }
    },
    removeRun: () => {
      rmSync(runFile, { force: true });
      release();
    },
  };
}

function makeFolders(
  root: string,
): Pick<DataFolder, 'engineDir' | 'filesDir' | 'logsDir' | 'journalDir' | 'eventsDir'> {
  const folders = {
    engineDir: join(root, 'engine'),
    filesDir: join(root, 'files'),
    logsDir: join(root, 'logs'),
    journalDir: join(root, 'journal'),
    eventsDir: join(root, 'events'),
  };
  try {
    for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    probeRoom(join(root, '.writable'));
  } catch (fault) {
    throw systemErrors.PROCOS_CLI_DATA_FOLDER({ path: root, reason: messageOf(fault) }, fault);
  }
  return folders;
}

/** For this system alone. @returns lets another one have it */
async function claim(root: string, runFile: string): Promise<() => void> {
  const release = await claimFolder(root).catch((fault: unknown) => {
    throw isProcosError(fault)
      ? fault
      : systemErrors.PROCOS_CLI_DATA_FOLDER({ path: root, reason: messageOf(fault) }, fault);
  });
  try {
    await refuseSecondRun(runFile, root);
    return release;
  } catch (thrown) {
    release();
    throw thrown;
  }
}

const pidsOf = ({ pid, enginePid, servicesPid, processes = {}, servers = {} }: Omit<RunFile, 'marks'>) =>
  [pid, enginePid, servicesPid, ...Object.values(processes), ...Object.values(servers)].filter(
    (one) => one !== undefined,
  );

/** What a killed run started ends by itself when its parent is gone; ports and database must be free before the next one starts. */
const remainsMs = 20_000;

async function refuseSecondRun(runFile: string, root: string): Promise<void> {
  const earlier = readRunFile(runFile);
  if (earlier === undefined) return;
  const { pid, marks } = earlier;
  if (isStillRunning(pid, marks)) throw systemErrors.PROCOS_CLI_ALREADY_RUNNING({ path: root, pid });
  const remains = () => pidsOf(earlier).filter((one) => isStillRunning(one, marks));
  for (let waited = 0; remains().length > 0 && waited < remainsMs; waited += 50) await delay(50);
  // Those that hang: the marks say that they are the very processes that this system has started.
  for (const one of remains()) process.kill(one, 'SIGKILL');
  rmSync(runFile, { force: true });
}

function readOrMakeCredentials(file: string): { user: string; password: Secret } {
  if (!existsSync(file)) {
    writeAtomically(file, JSON.stringify({ user: 'procos', password: randomBytes(24).toString('base64url') }));
  }
  const { user, password } = credentialsIn(file);
  return { user, password: new Secret(password) };
}

/** @throws PROCOS_CLI_CREDENTIALS, which does not tell what the file holds */
function credentialsIn(file: string): { readonly user: string; readonly password: string } {
  const damaged = (reason: string, cause?: unknown) => systemErrors.PROCOS_CLI_CREDENTIALS({ file, reason }, cause);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    throw damaged(messageOf(thrown), thrown);
  }
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw damaged(text.trim() === '' ? 'it is empty' : 'it is no JSON');
  }
  const { user, password } = (typeof read === 'object' && read !== null ? read : {}) as {
    user?: unknown;
    password?: unknown;
  };
  if (typeof user !== 'string' || user === '') throw damaged('it names no user');
  if (typeof password !== 'string' || password === '') throw damaged('it holds no password');
  return { user, password };
}

/** A file without content finds room on a full disk too. */
function probeRoom(file: string): void {
  try {
    writeFileSync(file, Buffer.alloc(65_536));
  } finally {
    rmSync(file, { force: true });
  }
}

function writeAtomically(file: string, content: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content, { mode: 0o600 });
    renameSync(temporary, file);
  } catch (fault) {
    // On a full disk it may be there in part.
    rmSync(temporary, { force: true });
    throw systemErrors.PROCOS_CLI_DATA_FOLDER({ path: dirname(file), reason: messageOf(fault) }, fault);
  }
}
