import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { RetryableError, TerminalError } from '@procos/errors';
import type { TransformJob, TransformMessage } from './inside/main.ts';
import type { StepsResult } from './inside/run-steps.ts';

const startTimeMs = 30_000;
/** The process ends itself this much later than it is ended from here: only when nobody is left to do it. */
const graceMs = 2_000;

/** A process that runs transformations, one after the other. */
export interface SandboxProcess {
  /**
   * @throws TerminalError when the job takes too much time or memory, RetryableError when the process cannot be started; the
   * process has ended then
   */
  run(job: TransformJob, signal: AbortSignal): Promise<StepsResult>;
  /** False once the process has ended, for whatever reason. */
  isAlive(): boolean;
  kill(): void;
}

/** Starts a process with a limit on its heap and, by Node's permission model, without files to write, network or processes. */
export function startSandboxProcess(memoryMb: number): SandboxProcess {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const child = fork(new URL(`./inside/main.${extension}`, import.meta.url), [String(memoryMb)], {
    // No variable of this process may be seen in there.
    env: {},
    execArgv: ['--permission', '--allow-fs-read=*', '--allow-worker', '--no-warnings', `--max-old-space-size=${memoryMb}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const kill = () => void child.kill('SIGKILL');
  const ready = answerOf(child, startTimeMs, memoryMb);
  // Whoever runs the first job sees the failure.
  ready.catch(() => undefined);
  child.unref();
  child.channel?.unref();
  // What cannot be sent ends the process: whoever waits for an answer sees that.
  child.on('error', kill);
  return {
    kill,
    isAlive: () => child.connected && child.exitCode === null && child.signalCode === null,
    run: async (job, signal) => {
      signal.throwIfAborted();
      signal.addEventListener('abort', kill, { once: true });
      try {
        await ready;
        const answer = answerOf(child, job.timeMs, memoryMb);
        child.send({ ...job, timeMs: job.timeMs + graceMs } satisfies TransformJob);
        const message = await answer;
        if (message.kind !== 'result') throw new TypeError('The process answered before it was asked');
        return message.result;
      } catch (thrown) {
        kill();
        throw thrown;
      } finally {
        signal.removeEventListener('abort', kill);
      }
    },
  };
}

/** The next message, or how the process ended instead. */
async function answerOf(child: ChildProcess, timeMs: number, memoryMb: number): Promise<TransformMessage> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeMs);
  try {
    const message = once(child, 'message', { signal: stop.signal }) as Promise<[TransformMessage]>;
    const ended = once(child, 'exit', { signal: stop.signal }) as Promise<[number | null, NodeJS.Signals | null]>;
    return await Promise.race([message.then(([answer]) => answer), ended.then(([, signal]) => Promise.reject(endingOf(signal, memoryMb)))]);
  } catch (thrown) {
    if (stop.signal.aborted) throw new TerminalError(`The transformation took longer than ${timeMs} ms`, { details: 'The limit is PROCOS_TRANSFORM_TIME_MS.', cause: thrown });
    throw thrown;
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

/** A process whose memory is used up is aborted, by the runtime of JavaScript or by the watchdog; anything else is not the fault of the job. */
function endingOf(signal: NodeJS.Signals | null, memoryMb: number): Error {
  if (signal !== null && ['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV'].includes(signal)) {
    return new TerminalError(`The transformation needed more than ${memoryMb} MB of memory`, { details: 'The limit is PROCOS_TRANSFORM_MEMORY_MB.' });
  }
  return new RetryableError(`The process of the transformation ended unexpectedly${signal === null ? '' : ` (${signal})`}`);
}
