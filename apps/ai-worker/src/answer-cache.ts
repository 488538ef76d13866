import { createHash } from 'node:crypto';

export interface AnswerCacheOptions {
  /** Most answers kept; the oldest goes first. @default 500 */
  readonly limit?: number;
  /** How long an answer is kept, in milliseconds. @default 900000 (15 minutes) */
  readonly ttlMs?: number;
  /** Clock in milliseconds. @default performance.now */
  readonly now?: () => number;
}

export interface AnswerCache<Answer> {
  /** The answer given before to the same task with the same input. */
  get(idempotencyKey: string, input: unknown): Answer | undefined;
  set(idempotencyKey: string, input: unknown, answer: Answer): void;
}

/**
 * Remembers answers for a while, so that a task that is tried again because its result did not reach the engine is not paid
 * for twice. It lives in the memory of one worker: another worker, or this one after a restart, asks anew.
 */
export function createAnswerCache<Answer>(options: AnswerCacheOptions = {}): AnswerCache<Answer> {
  const { limit = 500, ttlMs = 900_000, now = () => performance.now() } = options;
  const answers = new Map<string, { readonly answer: Answer; readonly until: number }>();
  return {
    get: (idempotencyKey, input) => {
      const kept = answers.get(keyOf(idempotencyKey, input));
      return kept !== undefined && kept.until > now() ? kept.answer : undefined;
    },
    set: (idempotencyKey, input, answer) => {
      const time = now();
      // Every answer is kept equally long, so the oldest are the first in the map.
      for (const [key, { until }] of answers) {
        if (until > time && answers.size < limit) break;
        answers.delete(key);
      }
      const key = keyOf(idempotencyKey, input);
      answers.delete(key);
      answers.set(key, { answer, until: time + ttlMs });
    },
  };
}

/** An operator may change the variables of a failed task before it is tried again: another question is another answer. */
function keyOf(idempotencyKey: string, input: unknown): string {
  return `${idempotencyKey}:${createHash('sha256').update(JSON.stringify(input)).digest('base64')}`;
}
