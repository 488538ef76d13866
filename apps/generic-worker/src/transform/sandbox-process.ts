import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { RetryableError, TerminalError } from '@procos/errors';
import { readableFolders } from './readable-folders.ts';
import type { SandboxJob, SandboxMessage, SandboxWork } from './inside/main.ts';

const startTimeMs = 30_000;
/** The process ends itself this much later than it is ended from here: only when nobody is left to do it. */
const graceMs = 2_000;

/** What a work may take, and what it is called when it takes more. */
export interface WorkLimits {
  /** Starts a sentence: `The transformation`. */
  readonly name: string;
  readonly timeMs: number;
  /** What happens when the time is up. */
  readonly outOfTime: (name: string, timeMs: number) => Error;
}

/** A process that does works of models, one after the other. */
export interface SandboxProcess {
  /**
   * @throws what the limits say about time, TerminalError when the work takes too much memory, RetryableError when the process
   * cannot be started; the process has ended then
   */
  run<Work extends SandboxWork>(
    work: Work,
    limits: WorkLimits,
    signal: AbortSignal,
  ): Promise<Extract<SandboxMessage, { kind: Work['kind'] }>>;
  /** False once the process has ended, for whatever reason. */
  isAlive(): boolean;
  kill(): void;
}

/** Starts a process with a limit on its heap and, by Node's permission model, without files to write or to read but its code, network or processes. */
export function startSandboxProcess(memoryMb: number): SandboxProcess {
  const child = forkSandbox(memoryMb);
  const kill = () => void child.kill('SIGKILL');
  const ready = answerOf(child, { name: 'The start', timeMs: startTimeMs, outOfTime: notStarted }, memoryMb);
  // Whoever runs the first job sees the failure.
  ready.catch(() => undefined);
  // What cannot be sent ends the process: whoever waits for an answer sees that.
  child.on('error', kill);
  return {
    kill,
    isAlive: () => child.connected && child.exitCode === null && child.signalCode === null,
    run: async <Work extends SandboxWork>(work: Work, limits: WorkLimits, signal: AbortSignal) => {
      signal.throwIfAborted();
      signal.addEventListener('abort', kill, { once: true });
      try {
        await ready;
        const answer = answerOf(child, limits, memoryMb);
        child.send({ ...work, timeMs: limits.timeMs + graceMs } satisfies SandboxJob);
        const message = await answer;
        if (message.kind !== work.kind) throw new TypeError('The process answered what it was not asked');
        return message as Extract<SandboxMessage, { kind: Work['kind'] }>;
      } catch (thrown) {
        kill();
        throw thrown;
      } finally {
        signal.removeEventListener('abort', kill);
      }
    },
  };
}

/** Nobody waits for its end: it goes with the process that started it. */
function forkSandbox(memoryMb: number): ChildProcess {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const child = fork(new URL(`./inside/main.${extension}`, import.meta.url), [String(memoryMb)], {
    // No variable of this process may be seen in there.
    env: {},
    execArgv: [
      // Sources run as they are, and so do those of the libraries.
      ...(extension === 'ts' ? ['--conditions=@procos/source'] : []),
      '--permission',
      ...readableFolders().map((path) => `--allow-fs-read=${path}`),
      '--allow-worker',
      '--no-warnings',
      `--max-old-space-size=${memoryMb}`,
    ],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  return child;
}

/** The next message, or how the process ended instead. */
async function answerOf(
  child: ChildProcess,
  { name, timeMs, outOfTime }: WorkLimits,
  memoryMb: number,
): Promise<SandboxMessage> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeMs);
  try {
    const message = once(child, 'message', { signal: stop.signal }) as Promise<[SandboxMessage]>;
    const ended = once(child, 'exit', { signal: stop.signal }) as Promise<[number | null, NodeJS.Signals | null]>;
    return await Promise.race([
      message.then(([answer]) => answer),
      ended.then(([, signal]) => Promise.reject(endingOf(name, signal, memoryMb))),
    ]);
  } catch (thrown) {
    if (stop.signal.aborted) throw outOfTime(name, timeMs);
    throw thrown;
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

function notStarted(name: string, timeMs: number): Error {
  return new RetryableError(`${name} of a process for works of models took longer than ${timeMs} ms`);
}

/** A process whose memory is used up is aborted, by the runtime of JavaScript or by the watchdog; anything else is not the fault of the job. */
function endingOf(name: string, signal: NodeJS.Signals | null, memoryMb: number): Error {
  if (signal !== null && ['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV'].includes(signal)) {
    return new TerminalError(`${name} needed more than ${memoryMb} MB of memory`, {
      details: 'The limit is PROCOS_TRANSFORM_MEMORY_MB.',
    });
  }
  return new RetryableError(
    `The process of the transformation ended unexpectedly${signal === null ? '' : ` (${signal})`}`,
  );
}
