import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again until there is an answer.
 *
 * @param what named in the error, for example `a task of topic ai_query`
 * @param timeoutMs milliseconds; default 30000
 * @throws Error when there is none in time
 */
export async function eventually<Value>(
  what: string,
  ask: () => Promise<Value | undefined>,
  timeoutMs = 30_000,
): Promise<Value> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`There was no ${what} within ${timeoutMs} ms`);
    await delay(25);
  }
}
