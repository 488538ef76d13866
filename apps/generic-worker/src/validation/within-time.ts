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

/**
 * Runs a synchronous computation and stops it when its time is up, even inside a regular expression.
 * This is a clock, not a sandbox: only code of our own goes in, working on data from outside.
 *
 * @throws OutOfTimeError, or what the computation throws
 */
export function withinTime<Value>(milliseconds: number, compute: () => Value): Value {
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
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
