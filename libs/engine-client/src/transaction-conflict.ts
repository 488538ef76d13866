import { setTimeout as sleep } from 'node:timers/promises';
import { isConflictSentence } from './database-sentences.ts';
import { EngineRequestError } from './engine-errors.ts';

/** Waits between attempts, in milliseconds: a transaction of the engine takes a few. */
const WAITS = [10, 40, 160, 640] as const;

/**
 * Sends a request again, up to four times within a second, when the engine has taken all of it back because another
 * transaction was first. Nothing has happened then: the engine leaves it to its client to repeat what was asked.
 *
 * @throws what `send` throws: the conflict too, when others are first all the time
 * @see https://docs.camunda.org/manual/7.24/user-guide/process-engine/transactions-in-processes/#optimistic-locking
 */
export async function unlessOthersAreFirst<Answer>(
  send: () => Promise<Answer>,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Answer> {
  for (const wait of WAITS) {
    try {
      return await send();
    } catch (thrown) {
      if (!isTransactionConflict(thrown) || signal?.aborted === true) throw thrown;
    }
    // Who met once does not meet again in step.
    await sleep(wait * (0.5 + Math.random()));
  }
  return send();
}

/** Numbers of the engine (`BuiltinExceptionCode`): optimistic locking, deadlock. */
const CONFLICTS: ReadonlySet<number> = new Set([1, 10_000]);

/** Whether the engine has rolled a transaction back only because another one was in its way. */
export function isTransactionConflict(thrown: unknown): boolean {
  if (!(thrown instanceof EngineRequestError)) return false;
  const { engineCode, engineType, engineMessage } = thrown;
  return CONFLICTS.has(engineCode) || engineType === 'OptimisticLockingException' || isConflictSentence(engineMessage);
}
