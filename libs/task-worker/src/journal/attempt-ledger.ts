import type { HeldTask, LeaseEnd, Orphan } from '../core/messages.ts';

/** What the journal remembers of one task. */
export interface LedgerEntry {
  readonly task: HeldTask;
  /** Worker process that started it last. */
  readonly workerId: string;
  /** Whether it is in work; otherwise only its crashes are remembered. */
  readonly isRunning: boolean;
  /** Starts that the engine does not know of: they ended together with their process, or their outcome came too late or could not be reported. */
  readonly crashes: number;
}

/**
 * Counts the starts of tasks that ended together with their worker. The engine cannot: an expired lock lowers no
 * retries, so without this a task that kills its worker would run for ever.
 */
export interface AttemptLedger {
  readonly entries: ReadonlyMap<string, LedgerEntry>;
  started(task: HeldTask, workerId: string): LedgerEntry;
  /** A lease of the task is over. What has ended is forgotten; starts that the engine has not counted are not. */
  ended(taskId: string, end: LeaseEnd): void;
  /** The engine has taken the crash as a failed attempt, or knows of no such task. */
  counted(taskId: string): void;
  /** Starts that the engine has not counted: none as soon as its number of retries is another one. */
  crashesOf(task: Pick<HeldTask, 'id' | 'retries'>): number;
  /**
   * To be called once after a start: what was in work is an orphan now, one crash more. What was left over from earlier
   * lives is one again: nobody may have told the engine, or the task may have ended elsewhere.
   */
  takeOrphans(): readonly Orphan[];
}

export function createAttemptLedger(entries: readonly LedgerEntry[] = []): AttemptLedger {
  const known = new Map(entries.map((entry) => [entry.task.id, entry]));
  const crashesOf = ({ id, retries }: Pick<HeldTask, 'id' | 'retries'>) => {
    const entry = known.get(id);
    return entry !== undefined && entry.task.retries === retries ? entry.crashes : 0;
  };
  const rest = (entry: LedgerEntry, crashes: number) => {
    if (crashes === 0) known.delete(entry.task.id);
    else known.set(entry.task.id, { ...entry, isRunning: false, crashes });
  };

  return {
    entries: known,
    crashesOf,
    started: (task, workerId) => {
      const entry = { task, workerId, isRunning: true, crashes: crashesOf(task) };
      known.set(task.id, entry);
      return entry;
    },
    ended: (taskId, end) => {
      const entry = known.get(taskId);
      if (end === 'accepted' || end === 'gone') known.delete(taskId);
      // One that was given back unfinished was no attempt; one whose outcome came too late, or could not be reported, was.
      else if (entry?.isRunning === true) rest(entry, entry.crashes + (end === 'returned' ? 0 : 1));
    },
    counted: (taskId) => {
      const entry = known.get(taskId);
      // A new start of the same task may have been noted in between.
      if (entry?.isRunning === true) known.set(taskId, { ...entry, crashes: 0 });
      else known.delete(taskId);
    },
    takeOrphans: () => {
      const orphans: Orphan[] = [];
      for (const entry of [...known.values()]) {
        const crashes = entry.crashes + (entry.isRunning ? 1 : 0);
        rest(entry, crashes);
        orphans.push({ task: { ...entry.task, crashes: crashes - 1 }, workerId: entry.workerId });
      }
      return orphans;
    },
  };
}
