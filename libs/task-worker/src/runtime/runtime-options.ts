import type { EngineClient, LockedTask } from '@procos/engine-client';
import type { LeaseEnd, Outcome } from '../core/messages.ts';
import type { CoreOptions } from '../core/options.ts';
import type { AttemptJournal } from '../journal/attempt-journal.ts';
import type { RetryPolicy } from '../retry-policy.ts';
import type { ServedTopic } from './served-topic.ts';

export interface LeaseReport {
  readonly task: LockedTask;
  readonly end: LeaseEnd;
  readonly outcome: Outcome | undefined;
  readonly durationMs: number;
}

export interface RuntimeOptions {
  readonly client: EngineClient;
  readonly workerId: string;
  readonly topics: ReadonlyMap<string, ServedTopic>;
  readonly core: CoreOptions;
  readonly retryPolicy: RetryPolicy;
  readonly journal: AttemptJournal;
  readonly onLeaseEnded: (report: LeaseReport) => void;
  /** The engine has answered a request for tasks. */
  readonly onFetched: (tasks: readonly LockedTask[]) => void;
  /** It has not, or not with tasks. */
  readonly onFetchFailed: (reason: unknown) => void;
}
