import { createContext, Script } from 'node:vm';

/** Thrown when a computation was stopped because its time was up. */
export class OutOfTimeError extends Error {
  constructor(milliseconds: number) {
    super(`took longer than ${milliseconds} ms`);
    this.name = 'OutOfTimeError';
  }
}

const idle = (): void => undefined;
const host = { run: idle };
const context = createContext(host);
const script = new Script('run()');

/** Tries of a computation that was stopped although the machine hardly let it run. */
const triesWhenStarved = 10;

/**
 * Runs a synchronous computation and stops it when its time is up, even inside a regular expression. On a busy machine
 * the clock runs while the computation does not: when it had less than half of its time, it is begun anew.
 * This is a clock, not a sandbox: only code of our own goes in, working on data from outside.
 *
 * @param compute has no effects: it may be stopped and begun anew
 * @param cpuUsage processor time of this thread, as `process.threadCpuUsage` tells it
 * @throws OutOfTimeError, or what the computation throws
 */
export function withinTime<Value>(
  milliseconds: number,
  compute: () => Value,
  cpuUsage: typeof process.threadCpuUsage = process.threadCpuUsage,
): Value {
  for (let tries = 1; ; tries++) {
    const before = cpuUsage();
    try {
      return once(milliseconds, compute);
    } catch (thrown) {
      const { user, system } = cpuUsage(before);
      const isStarved = (user + system) / 1_000 < milliseconds / 2;
      if (!(thrown instanceof OutOfTimeError && isStarved && tries < triesWhenStarved)) throw thrown;
    }
  }
}

function once<Value>(milliseconds: number, compute: () => Value): Value {
  let result: { readonly value: Value } | undefined;
  host.run = () => {
    result = { value: compute() };
  };
  try {
    script.runInContext(context, { timeout: milliseconds });
  } catch (thrown) {
    if (isTimeout(thrown)) throw new OutOfTimeError(milliseconds);
    throw thrown;
  } finally {
    // What was computed on must not be kept alive until the next call.
    host.run = idle;
  }
  if (result === undefined) throw new TypeError('The computation ended without a result');
  return result.value;
}

function isTimeout(thrown: unknown): boolean {
  return (
    typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
