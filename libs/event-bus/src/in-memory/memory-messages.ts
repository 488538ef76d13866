import type { ProcosEvent } from '@procos/contracts';
import type { DeadLetter } from '../event-bus.ts';

/** One event in one queue. */
export interface QueuedEvent {
  /** Unique per publication: an event that is published twice is there twice. */
  readonly key: string;
  readonly event: ProcosEvent;
}

export interface KeyedLetter extends Pick<DeadLetter, 'reason' | 'problem'> {
  readonly queue: string;
  readonly queued: QueuedEvent;
}

/** What the buses of one name tell each other. */
export type MemoryMessage =
  | { readonly kind: 'published'; readonly queued: QueuedEvent }
  | { readonly kind: 'done'; readonly queue: string; readonly key: string }
  | { readonly kind: 'died'; readonly letters: readonly KeyedLetter[] }
  | { readonly kind: 'discarded'; readonly letters: readonly KeyedLetter[] }
  | { readonly kind: 'replayed'; readonly letters: readonly KeyedLetter[] }
  /** A bus has come, or begins to take part in a queue: whoever knows tells what there is. */
  | { readonly kind: 'asked'; readonly queue: string | undefined }
  | { readonly kind: 'waiting'; readonly queue: string; readonly queued: readonly QueuedEvent[] };
