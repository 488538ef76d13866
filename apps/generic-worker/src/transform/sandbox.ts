import { RetryableError, TerminalError } from '@procos/errors';
import type { OutsideSchema } from '../validation/read-schema.ts';
import type { Verdict } from '../validation/run-check.ts';
import type { StepsResult } from './inside/run-steps.ts';
import { type SandboxProcess, startSandboxProcess, type WorkLimits } from './sandbox-process.ts';
import type { Step } from './transformation.ts';

export interface SandboxLimits {
  /** Longest time of one transformation, in milliseconds. */
  readonly timeMs: number;
  /** Heap of one process, in megabytes. */
  readonly memoryMb: number;
  /** Longest JSON text that goes in or comes out. */
  readonly maxCharacters: number;
  /** Processes at work at once; further transformations wait. @default 2 */
  readonly processes?: number;
}

/** Does what models ask for in processes of their own. */
export interface Sandbox {
  readonly limits: SandboxLimits;
  /** @param data JSON text @throws TerminalError, RetryableError, or the reason of the signal */
  run(steps: readonly Step[], data: string, signal: AbortSignal): Promise<StepsResult>;
  /** Checks data by a schema. @throws TerminalError, RetryableError, or the reason of the signal */
  check(schema: OutsideSchema, data: unknown, signal: AbortSignal): Promise<Verdict>;
  /** Ends its processes, and with them what they are working on. */
  close(): void;
}

/** A process that had nothing to do for so long is ended. */
const idleMs = 60_000;
/** A check limits itself to a second of the processor, which takes longer on a busy machine, but not so long. */
const checkTimeMs = 20_000;

/**
 * A thread with limits would not do: a single text that is larger than the heap ends the whole process that the thread
 * belongs to. Processes are started when they are needed, and kept for the next transformation as long as all went well.
 */
export function createSandbox(limits: SandboxLimits): Sandbox {
  const { timeMs, memoryMb, maxCharacters, processes = 2 } = limits;
  const slots = createSlots(processes);
  const pool = createPool(() => startSandboxProcess(memoryMb));
  const inProcess = <Value>(work: (process: SandboxProcess) => Promise<Value>, signal: AbortSignal) =>
    slots(async () => {
      signal.throwIfAborted();
      const process = pool.take();
      try {
        const value = await work(process);
        pool.giveBack(process);
        return value;
      } catch (thrown) {
        pool.end(process);
        throw thrown;
      }
    });
  const transforming: WorkLimits = { name: 'The transformation', timeMs, outOfTime: tooSlow };
  return {
    limits,
    run: async (steps, data, signal) =>
      (
        await inProcess(
          (process) => process.run({ kind: 'transform', steps, data, maxCharacters }, transforming, signal),
          signal,
        )
      ).result,
    check: async (schema, data, signal) => {
      const { result } = await inProcess(
        (process) => process.run({ kind: 'check', schema, data }, checking, signal),
        signal,
      );
      if (result.ok) return result.verdict;
      throw new TerminalError(result.message, { details: result.details });
    },
    close: () => pool.endAll(),
  };
}

const checking: WorkLimits = {
  name: 'Checking the data',
  timeMs: checkTimeMs,
  outOfTime: (name, timeMs) => new RetryableError(`${name} took longer than ${timeMs} ms: the machine is too busy`),
};

function tooSlow(name: string, timeMs: number): Error {
  return new TerminalError(`${name} took longer than ${timeMs} ms`, {
    details: 'The limit is PROCOS_TRANSFORM_TIME_MS.',
  });
}

/** Processes at work, and those that wait for work. */
function createPool(start: () => SandboxProcess) {
  const all = new Set<SandboxProcess>();
  const idle = new Map<SandboxProcess, NodeJS.Timeout>();
  const end = (process: SandboxProcess): void => {
    clearTimeout(idle.get(process));
    idle.delete(process);
    all.delete(process);
    process.kill();
  };
  return {
    end,
    endAll: () => all.forEach(end),
    take: (): SandboxProcess => {
      [...idle.keys()].filter((process) => !process.isAlive()).forEach(end);
      const [process = start()] = idle.keys();
      clearTimeout(idle.get(process));
      idle.delete(process);
      all.add(process);
      return process;
    },
    giveBack: (process: SandboxProcess): void => {
      // A pool that was ended meanwhile takes nothing back.
      if (all.has(process)) idle.set(process, setTimeout(() => end(process), idleMs).unref());
    },
  };
}

/** Lets so many works run at once; the others wait in line. */
function createSlots(count: number): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let free = count;
  const line: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
