import type { LockedTask } from '@procos/engine-client';
import type {
  Command,
  ExtendAnswer,
  HeldTask,
  Holder,
  Kept,
  OrphanAnswer,
  Outcome,
  ReportAnswer,
} from '../core/messages.ts';

/** What a worker asks of the engine, with the answers that the core understands. */
export interface EngineActions {
  fetch(command: Extract<Command, { kind: 'fetch' }>, signal: AbortSignal): Promise<readonly LockedTask[]>;
  /** Has the engine look through all waiting requests, now and when the wait is over; locks nothing. */
  recheck(waitMs: number, signal: AbortSignal): Promise<boolean>;
  /** Makes an engine that allows one request per worker forget the waiting one. */
  recall(): Promise<boolean>;
  extend(taskId: string): Promise<ExtendAnswer>;
  relock(taskId: string): Promise<ExtendAnswer>;
  inspect(taskId: string): Promise<Holder | 'gone' | 'unanswered'>;
  report(task: HeldTask, outcome: Outcome): Promise<{ readonly answer: ReportAnswer; readonly reason: string }>;
  /** What an earlier attempt has achieved and the engine did not take. */
  readKept(task: HeldTask): Promise<Kept>;
  /** Takes a kept result that was reported out of the history. @returns whether nothing is left of it */
  forgetKept(task: HeldTask): Promise<boolean>;
  reportOrphan(command: Extract<Command, { kind: 'reportOrphan' }>): Promise<OrphanAnswer>;
  unlock(taskId: string): Promise<boolean>;
  listLocks(): Promise<readonly string[] | undefined>;
}
