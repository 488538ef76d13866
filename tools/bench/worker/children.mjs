// No process of the bench outlives it.
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** What has not closed by itself until then is ended. */
const GRACE_MS = 20_000;

const children = new Set();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Has a child end with this process at the latest.
 * @template {import('node:child_process').ChildProcess} Child
 * @param {Child} child
 * @returns {Child}
 */
export function endsWithUs(child) {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/**
 * At the first signal closes in order and ends; at the second one, or when closing takes too long, ends at once. Either way
 * every child is ended: a signal without a listener would end this process before its `exit` listeners.
 * @param {() => Promise<void>} closeAll
 * @returns {() => boolean} whether a signal has come
 */
export function endOnSignals(closeAll) {
  let stopped = false;
  const stop = () => {
    if (stopped) process.exit(1);
    stopped = true;
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    closeAll().then(
      () => process.exit(1),
      (error) => {
        process.stderr.write(`${error.stack}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return () => stopped;
}
