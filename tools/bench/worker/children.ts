// No process of the bench outlives it.
import type { ChildProcess } from 'node:child_process';
import { stackOf } from '../report.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** What has not closed by itself until then is ended. */
const GRACE_MS = 20_000;

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Has a child end with this process at the latest. */
export function endsWithUs<Child extends ChildProcess>(child: Child): Child {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/**
 * At the first signal closes in order and ends; at the second one, or when closing takes too long, ends at once. Either way
 * every child is ended: a signal without a listener would end this process before its `exit` listeners.
 *
 * @returns whether a signal has come
 */
export function endOnSignals(closeAll: () => Promise<void>): () => boolean {
  let stopped = false;
  const stop = () => {
    if (stopped) process.exit(1);
    stopped = true;
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    closeAll().then(
      () => process.exit(1),
      (thrown: unknown) => {
        process.stderr.write(`${stackOf(thrown)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return () => stopped;
}
