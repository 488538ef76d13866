import type { HeldTask, Orphan } from '../core/messages.ts';

/** What the journal remembers of one task. */
export interface LedgerEntry {
  readonly task: HeldTask;
  /** Worker process that started it last. */
  readonly workerId: string;
  /** Whether it is in work; otherwise only its crashes are remembered. */
  readonly isRunning: boolean;
  /** Starts that ended together with their process and that the engine does not know of. */
  readonly crashes: number;
}

/**
 * Counts the starts of tasks that ended together with their worker. The engine cannot: an expired lock lowers no
 * retries, so without this a task that kills its worker would run for ever.
 */
export interface AttemptLedger {
  readonly entries: ReadonlyMap<string, LedgerEntry>;
  started(task: HeldTask, workerId: string): LedgerEntry;
  /** The task's outcome was told, or it was given back. */
  ended(taskId: string): void;
  /** The engine has taken the crash as a failed attempt, or knows of no such task. */
  counted(taskId: string): void;
  crashesOf(taskId: string): number;
  /** To be called once after a start: what was in work is an orphan now, one crash more. */
  takeOrphans(): readonly Orphan[];
}

export function createAttemptLedger(entries: readonly LedgerEntry[] = []): AttemptLedger {
  const known = new Map(entries.map((entry) => [entry.task.id, entry]));
  return {
    entries: known,
    started: (task, workerId) => {
      const entry = { task, workerId, isRunning: true, crashes: known.get(task.id)?.crashes ?? 0 };
      known.set(task.id, entry);
      return entry;
    },
    ended: (taskId) => void known.delete(taskId),
    counted: (taskId) => {
      const entry = known.get(taskId);
      // A new start of the same task may have been noted in between.
      if (entry?.isRunning === true) known.set(taskId, { ...entry, crashes: 0 });
      else known.delete(taskId);
    },
    crashesOf: (taskId) => known.get(taskId)?.crashes ?? 0,
    takeOrphans: () => {
      const orphans: Orphan[] = [];
      for (const [taskId, entry] of known) {
        if (!entry.isRunning) continue;
        known.set(taskId, { ...entry, isRunning: false, crashes: entry.crashes + 1 });
        orphans.push({ task: entry.task, workerId: entry.workerId });
      }
      return orphans;
    },
  };
}
