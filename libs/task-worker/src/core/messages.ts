import type { RetryPolicy } from '../retry-policy.ts';

/** Life of a worker. Only RUNNING fetches. */
export type WorkerState = 'INITIALIZED' | 'RUNNING' | 'DRAINING' | 'STOPPED' | 'FAILED';

/** What the core has to know of a task that the engine has locked. */
export interface HeldTask {
  readonly id: string;
  /** The scope of its own variables. */
  readonly executionId: string;
  readonly topic: string;
  /** Tries left; `null` until the first failure was reported. */
  readonly retries: number | null;
  readonly policy: RetryPolicy;
  /** Starts of this task, noted in the journal, that ended together with their worker. */
  readonly crashes: number;
}

/** How a handler ended. */
export type HandlerResult =
  | {
      readonly kind: 'complete';
      readonly variables: Readonly<Record<string, unknown>>;
      readonly localVariables?: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: 'bpmnError';
      readonly code: string;
      readonly message: string;
      readonly variables: Readonly<Record<string, unknown>>;
    }
  /** The handler gives its task back unfinished: somebody may take it at once. */
  | { readonly kind: 'returned' }
  | {
      readonly kind: 'thrown';
      /** `bug`: the handler failed in a way it does not know. */
      readonly fault: 'retryable' | 'terminal' | 'bug';
      readonly message: string;
      readonly details: string;
      /** Whether the same may work later. @default nobody has said so */
      readonly mayPass?: boolean;
      readonly retryAfterMs?: number;
      /** Tries left as the handler itself decided; otherwise the policy counts. */
      readonly retries?: number;
    };

/** What a handler has achieved: the engine is told until it takes it, and no handler runs again for it. */
export type Achieved = Exclude<HandlerResult, { kind: 'thrown' | 'returned' }>;

/** What the engine is told about one attempt. */
export type Outcome =
  /** `wasKept`: the engine keeps a copy of it with the task, which goes with this. */
  | (Achieved & { readonly wasKept?: boolean })
  | {
      readonly kind: 'failure';
      readonly message: string;
      readonly details: string;
      /** Whether the same may work later: what decides whether an incident is retried without a person. @default nobody has said so */
      readonly mayPass?: boolean;
      /** 0 opens an incident. */
      readonly retries: number;
      readonly retryInMs: number;
      /** True when the handler failed in a way it does not know: a fault of the code. */
      readonly isBug: boolean;
      /** What the handler had achieved, to be kept with the task until the engine takes it. */
      readonly keeps?: Achieved;
    };

/**
 * How the engine answered a report. `refused`: the task belongs to somebody else. `gone`: there is no such task.
 * `faulty`: it cannot be sent, or the engine does not take it. `broken`: the engine failed at it for a reason that no
 * repetition changes: most often, the model behind the task is broken. `failing`: the engine failed at it, which may pass.
 * `unanswered`: the engine could not say anything about it, or nobody knows whether it arrived.
 */
export type ReportAnswer = 'accepted' | 'refused' | 'gone' | 'faulty' | 'broken' | 'failing' | 'unanswered';

/**
 * How the engine answered the report on a process that died. `counted`: it has counted that attempt, now or before, or
 * has no such task any more. `foreign`: somebody else has the task.
 */
export type OrphanAnswer = 'counted' | 'foreign' | 'unanswered';

/** How the engine answered a wish for a longer lock. `refused`: the lock has ended, or the task is somebody else's. */
export type ExtendAnswer = 'kept' | 'refused' | 'unanswered';

/** What is kept with a task. `gone`: there is no such task any more. `refused`: it is somebody else's by now. */
export type Kept = Achieved | 'nothing' | 'gone' | 'refused' | 'unanswered';

/** Who locked a task last; the lock may have ended. */
export interface Holder {
  readonly isThisWorker: boolean;
  readonly retries: number | null;
}

/** How a lease ended: its outcome counts, does not count because somebody else has the task or because there is no such task any more, was given back unfinished, or could not be told. */
export type LeaseEnd = 'accepted' | 'refused' | 'gone' | 'returned' | 'untold';

/** A task that an earlier process of this worker had in work when it died; `crashes` counts the starts before that one. */
export interface Orphan {
  readonly task: HeldTask;
  /** Id of the process that died. */
  readonly workerId: string;
}

/** What happens to a worker. */
export type WorkerEvent =
  | { readonly kind: 'start'; readonly orphans: readonly Orphan[] }
  /** Whether the engine forgets a worker's waiting fetch when it sends another. Not, until it is known. */
  | { readonly kind: 'engineKnown'; readonly forgetsSuperseded: boolean }
  | { readonly kind: 'fetched'; readonly request: number; readonly tasks: readonly HeldTask[] }
  | { readonly kind: 'fetchFailed'; readonly request: number; readonly reason?: unknown }
  | { readonly kind: 'recalled'; readonly done: boolean }
  | { readonly kind: 'handled'; readonly lease: number; readonly result: HandlerResult }
  | { readonly kind: 'extended'; readonly lease: number; readonly answer: ExtendAnswer }
  | { readonly kind: 'inspected'; readonly lease: number; readonly holder: Holder | 'gone' | 'unanswered' }
  | { readonly kind: 'reported'; readonly lease: number; readonly answer: ReportAnswer; readonly reason?: string }
  | { readonly kind: 'keptRead'; readonly lease: number; readonly kept: Kept }
  | { readonly kind: 'unlocked'; readonly taskId: string; readonly done: boolean }
  | { readonly kind: 'listed'; readonly listing: number; readonly taskIds: readonly string[] | undefined }
  | { readonly kind: 'orphanReported'; readonly taskId: string; readonly answer: OrphanAnswer }
  | { readonly kind: 'timer' }
  | { readonly kind: 'stop'; readonly graceMs: number };

/** What a worker wants done. Everything is done at once and answered by an event, except where noted. */
export type Command =
  | {
      readonly kind: 'fetch';
      readonly request: number;
      readonly topics: readonly string[];
      readonly maxTasks: number;
      readonly waitMs: number;
    }
  /** Have the engine look whether a lock has ended, when this arrives and when its wait is over. It locks nothing. No answer. */
  | { readonly kind: 'recheck'; readonly waitMs: number }
  /** A fetch that counts has failed: the engine does not answer. No answer. */
  | { readonly kind: 'engineLost'; readonly reason: unknown }
  /** Drop one fetch, which the engine has forgotten. No answer. */
  | { readonly kind: 'abortFetch'; readonly request: number }
  /** Make the engine forget the waiting fetches, so that they lock nothing more; answered by `recalled`. */
  | { readonly kind: 'recallFetches' }
  /** Drop all open fetches, whatever they lock. No answer. */
  | { readonly kind: 'abortFetches' }
  | { readonly kind: 'run'; readonly lease: number; readonly task: HeldTask; readonly attempt: number }
  /** Tell the handler to end; what it still returns does not count. No answer. */
  | { readonly kind: 'abort'; readonly lease: number; readonly reason: string }
  | { readonly kind: 'extend'; readonly lease: number; readonly taskId: string }
  /** Who holds this task? Answered by `inspected`. */
  | { readonly kind: 'inspect'; readonly lease: number; readonly taskId: string }
  /** Lock a task anew; answered by `extended`. */
  | { readonly kind: 'relock'; readonly lease: number; readonly taskId: string }
  | { readonly kind: 'report'; readonly lease: number; readonly task: HeldTask; readonly outcome: Outcome }
  /** Has an earlier attempt achieved something that the engine did not take? Answered by `keptRead`. */
  | { readonly kind: 'readKept'; readonly lease: number; readonly task: HeldTask }
  /** Report a failure in the name of a process that died, if the engine still has the task as that process left it; answered by `orphanReported`. */
  | { readonly kind: 'reportOrphan'; readonly orphan: Orphan; readonly outcome: Outcome }
  | { readonly kind: 'unlock'; readonly taskId: string }
  /** Which tasks does the engine hold for this worker? Answered by `listed`, `undefined` = no answer. */
  | { readonly kind: 'listLocks'; readonly listing: number }
  /** A lease is over. No answer. */
  | {
      readonly kind: 'leaseEnded';
      readonly lease: number;
      readonly task: HeldTask;
      readonly end: LeaseEnd;
      readonly outcome: Outcome | undefined;
    }
  /** Send `timer` at this time; replaces the earlier wish. */
  | { readonly kind: 'wake'; readonly at: number }
  | { readonly kind: 'ended'; readonly state: 'STOPPED' | 'FAILED' };
