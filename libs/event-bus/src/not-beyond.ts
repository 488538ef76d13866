/**
 * Waits for something, and not much longer than until somebody stops: a broker that is away keeps publishing waiting, and
 * whoever stops must not wait with it. What comes of it later is not waited for any more.
 *
 * @param graceMs how long what has begun may still take when `signal` is aborted, in milliseconds
 * @throws the reason of the signal when it takes longer
 */
export async function notBeyond<Result>(work: Promise<Result>, signal: AbortSignal, graceMs: number): Promise<Result> {
  const done = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const startTimer = () => (timer = setTimeout(() => reject(signal.reason as Error), graceMs));
    if (signal.aborted) startTimer();
    else signal.addEventListener('abort', startTimer, { once: true, signal: done.signal });
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
    clearTimeout(timer);
  }
}
