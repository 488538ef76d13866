import { createHash } from 'node:crypto';

/** Results of calls that were made under an idempotency key. */
export interface RememberedResults<Result> {
  /** Does the work, unless the same call is being made or was made; a call that failed is forgotten. */
  once(key: string, parameters: unknown, work: () => Promise<Result>): Promise<Result>;
}

/**
 * Keeps the last results, so that a caller who lost an answer gets the same again and the effect happens once in this
 * process. Another copy of the adapter, or this one after a restart, knows nothing of them.
 *
 * @param most results that are kept; the oldest goes first
 */
export function rememberResults<Result>(most: number): RememberedResults<Result> {
  const results = new Map<string, Promise<Result>>();
  return {
    once: (key, parameters, work) => {
      // Another question under the same key is another call.
      const name = createHash('sha256')
        .update(JSON.stringify([key, parameters]))
        .digest('base64');
      const known = results.get(name);
      if (known !== undefined) return known;
      const result = work();
      results.set(name, result);
      if (results.size > most) results.delete(results.keys().next().value ?? '');
      result.catch(() => results.delete(name));
      return result;
    },
  };
}
