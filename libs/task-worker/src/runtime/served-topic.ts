import type { LockedTask } from '@procos/engine-client';
import type { Lease } from '../define-task.ts';
import type { HandlerResult, LeaseEnd, Outcome } from '../core/messages.ts';

/** One topic as the runtime serves it, whatever its handlers look like. */
export interface ServedTopic {
  readonly topic: string;
  /** Variables to fetch; `undefined` = all. */
  readonly variables?: readonly string[];
  /** Further fields of the engine's topic request. */
  readonly filter?: Readonly<Record<string, unknown>>;
  /** Makes one attempt; never rejects. */
  readonly attempt: (task: LockedTask, lease: Lease) => Promise<HandlerResult>;
  /** How the engine took the outcome of an attempt. @param task the object that the attempt was given */
  readonly ended?: (task: LockedTask, end: LeaseEnd, outcome: Outcome | undefined) => void;
}
