import type { Achieved } from './messages.ts';

/** Limits of one topic. */
export interface TopicLimits {
  /** Handlers of this topic at once. @default 128 */
  readonly concurrency?: number;
  /** Starts per second, over time; a burst of one second's worth is let through. @default no limit */
  readonly ratePerSecond?: number;
}

export interface CoreOptions {
  readonly topics: Readonly<Record<string, TopicLimits>>;
  /** Tasks held at once, over all topics. */
  readonly concurrency: number;
  /** Tasks taken with one request. */
  readonly maxTasks: number;
  /** Milliseconds. */
  readonly lockDurationMs: number;
  /** How long the engine may hold a request open when there was nothing to do for a while, in milliseconds. */
  readonly longPollMs: number;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** Why a result cannot be kept with its task; `undefined` = it can. */
  readonly unkeepable: (achieved: Achieved) => string | undefined;
}

/** Handlers of one topic at once, when nothing else is said. */
export const defaultTopicConcurrency = 128;

/**
 * The long poll while there is work, in milliseconds: neither an expired lock nor a retry that falls due wakes a
 * pending poll of the engine, so this bounds how long the task of a dead worker waits beyond its lock.
 */
export const busyPollMs = 3_000;
/**
 * The longest poll at an engine that does not forget the requests of a worker: shorter than the time by which a drain of
 * the default grace tells its handlers to end, so that the drain sees its answer.
 */
export const unforgottenPollMs = 6_500;
/** Longer polls have the engine look for ended locks at a third and at two thirds of their wait, in milliseconds. */
export const longestUnchecked = 8_000;
/** How long after the last task a worker counts as idle, in milliseconds. */
export const idleAfterMs = 12_000;
/** Polls that were replaced and may still be open. */
export const maxSuperseded = 3;
/** After this time a request has reached the engine, in milliseconds. */
export const settledAfterMs = 100;
/** After this time a newer poll certainly waits at the engine, in milliseconds. */
export const supersededAfterMs = 250;
/** While there is a backlog, places are collected this long for a larger fetch, in milliseconds. */
export const collectMs = 15;
