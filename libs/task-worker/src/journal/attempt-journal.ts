import { closeSync, mkdirSync } from 'node:fs';
import { messageOf } from '@procos/errors';
import { type Logger, silentLogger } from '@procos/logging';
import type { HeldTask } from '../core/messages.ts';
import { type AttemptLedger, createAttemptLedger, type LedgerEntry } from './attempt-ledger.ts';
import { claimFile } from './claimed-file.ts';
import { lineOf, readJournal, rewriteJournal, writeWhole } from './journal-lines.ts';

/** The ledger of attempts, kept where a killed process leaves it behind. None of its methods throws. */
export interface AttemptJournal extends Pick<AttemptLedger, 'ended' | 'counted' | 'crashesOf' | 'takeOrphans'> {
  /** A start; to be written before its handler runs. */
  started(task: HeldTask, workerId: string): void;
  /** Writes what was noted. */
  write(): void;
  close(): void;
}

/** Rewritten when it has grown this long, in bytes. */
const longestFile = 1_048_576;

/** Counts within one life of the process only. */
export function createMemoryJournal(): AttemptJournal {
  const nothing = () => undefined;
  return { ...createAttemptLedger(), write: nothing, close: nothing };
}

/**
 * A journal in a file: a line for each change, whole at any moment the process may be killed. (Not forced to the disk: a
 * machine that loses power has not been stopped by a task.) While it cannot be written, the worker goes on from memory
 * and the log says so; afterwards the file is written anew.
 *
 * @param folder made when it is missing
 * @param name the worker's name; a second live worker of that name gets a file of its own
 * @throws the file system's error when the folder cannot be written at the start
 */
export function openAttemptJournal(folder: string, name: string, logger: Logger = silentLogger): AttemptJournal {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { path, release } = claimFile(folder, name.replaceAll(/[^\w.-]/g, '_'));
  const { entries, torn } = readJournal(path);
  if (torn > 0) logger.warn('worker_journal_lines_skipped', { path, lines: torn });
  const ledger = createAttemptLedger(entries);
  const orphans = ledger.takeOrphans();
  const file = createJournalFile(path, () => ledger.entries.values(), logger);
  /** Ends are written with the next start: without one, a crash only costs a question that the engine answers with "gone". */
  let unwritten = '';
  const note = (taskId: string) => {
    unwritten += lineOf(taskId, ledger.entries.get(taskId));
  };
  const write = () => {
    file.append(unwritten);
    unwritten = '';
  };

  return {
    crashesOf: ledger.crashesOf,
    takeOrphans: () => orphans,
    started: (task, workerId) => {
      ledger.started(task, workerId);
      note(task.id);
    },
    ended: (taskId, end) => {
      ledger.ended(taskId, end);
      note(taskId);
    },
    counted: (taskId) => {
      ledger.counted(taskId);
      note(taskId);
    },
    write,
    close: () => {
      write();
      file.close(release);
    },
  };
}

interface JournalFile {
  append(lines: string): void;
  /** @param then done although the file cannot be closed in good order */
  close(then: () => void): void;
}

/** @param content what a file that is written anew holds */
function createJournalFile(path: string, content: () => Iterable<LedgerEntry>, logger: Logger): JournalFile {
  let file = rewriteJournal(path, content());
  let length = 0;
  /** Why the file is behind; logged once per cause. */
  let fault: string | undefined;

  const append = (lines: string): void => {
    if (fault === undefined && length < longestFile) {
      length += writeWhole(file, lines);
      return;
    }
    const old = file;
    file = rewriteJournal(path, content());
    length = 0;
    closeSync(old);
    if (fault !== undefined) logger.info('worker_journal_recovered', { path });
    fault = undefined;
  };
  const attempted = (act: () => void): void => {
    try {
      act();
    } catch (thrown) {
      const cause = messageOf(thrown);
      if (cause !== fault) logger.error('worker_journal_failed', { path, error: cause });
      fault = cause;
    }
  };

  return {
    append: (lines) => attempted(() => append(lines)),
    close: (then) => {
      attempted(() => closeSync(file));
      attempted(then);
    },
  };
}
