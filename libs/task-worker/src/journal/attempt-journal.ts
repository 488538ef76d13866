import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { HeldTask, Orphan } from '../core/messages.ts';
import { type AttemptLedger, createAttemptLedger, type LedgerEntry } from './attempt-ledger.ts';

/** The ledger of attempts, kept where a killed process leaves it behind. */
export interface AttemptJournal extends Pick<AttemptLedger, 'ended' | 'counted' | 'crashesOf' | 'takeOrphans'> {
  /** Notes starts before their handlers run. */
  started(tasks: readonly HeldTask[], workerId: string): void;
  close(): void;
}

/** Rewritten when it has grown this long, in bytes. */
const longestFile = 1_048_576;

/** Counts within one life of the process only. */
export function createMemoryJournal(): AttemptJournal {
  const ledger = createAttemptLedger();
  return { ...ledger, started: (tasks, workerId) => tasks.forEach((task) => ledger.started(task, workerId)), close: () => undefined };
}

/**
 * A journal in a file: a line for each change, whole at any moment the process may be killed. (Not forced to the disk: a
 * machine that loses power has not been stopped by a task.)
 *
 * @param folder made when it is missing
 * @param name the worker's name; a second live worker of that name gets a file of its own
 * @throws the file system's error when the folder cannot be written
 */
export function openAttemptJournal(folder: string, name: string): AttemptJournal {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { path, release } = claimFile(folder, name.replaceAll(/[^\w.-]/g, '_'));
  const ledger = createAttemptLedger(readEntries(path));
  const orphans = ledger.takeOrphans();
  let file = rewrite(path, ledger);
  let length = 0;
  /** Ends are written with the next start: without one, a crash only costs a question that the engine answers with "gone". */
  let unwritten = '';

  function write(lines: string): void {
    unwritten += lines;
    length += writeSync(file, unwritten);
    unwritten = '';
    if (length < longestFile) return;
    closeSync(file);
    file = rewrite(path, ledger);
    length = 0;
  }

  return {
    crashesOf: ledger.crashesOf,
    takeOrphans: (): readonly Orphan[] => orphans,
    started: (tasks, workerId) => {
      if (tasks.length > 0) write(tasks.map((task) => line(ledger.started(task, workerId))).join(''));
    },
    ended: (taskId) => {
      ledger.ended(taskId);
      unwritten += `${JSON.stringify({ ended: taskId })}\n`;
    },
    counted: (taskId) => {
      ledger.counted(taskId);
      const entry = ledger.entries.get(taskId);
      unwritten += entry === undefined ? `${JSON.stringify({ ended: taskId })}\n` : line(entry);
    },
    close: () => {
      write('');
      closeSync(file);
      release();
    },
  };
}

function line(entry: LedgerEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

function readEntries(path: string): readonly LedgerEntry[] {
  const entries = new Map<string, LedgerEntry>();
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  // What follows the last line end was torn by the crash: its handler had not begun.
  for (const row of text.split('\n').slice(0, -1)) {
    const change = JSON.parse(row) as LedgerEntry | { readonly ended: string };
    if ('ended' in change) entries.delete(change.ended);
    else entries.set(change.task.id, change);
  }
  return [...entries.values()];
}

function rewrite(path: string, { entries }: AttemptLedger): number {
  writeFileSync(`${path}.new`, [...entries.values()].map(line).join(''), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return openSync(path, 'a');
}

const claimedHere = new Set<string>();

/** Takes the first file of this name that belongs to no live process. */
function claimFile(folder: string, name: string): { path: string; release: () => void } {
  for (let number = 1; ; number++) {
    const path = join(folder, `${name}${number === 1 ? '' : `-${number}`}.journal`);
    const owner = `${path}.pid`;
    if (claimedHere.has(path) || isOthers(owner)) continue;
    writeFileSync(owner, String(process.pid));
    claimedHere.add(path);
    const release = () => {
      claimedHere.delete(path);
      rmSync(owner, { force: true });
    };
    return { path, release };
  }
}

/** The same process id may have held it in an earlier thread of this process, or in an earlier life of a container. */
function isOthers(owner: string): boolean {
  const pid = existsSync(owner) ? Number(readFileSync(owner, 'utf8')) : 0;
  if (pid === 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
