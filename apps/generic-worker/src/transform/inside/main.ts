// The process in which the work of models is done: one job after the other, without access to files, the network or other processes.
import { Worker } from 'node:worker_threads';
import type { OutsideSchema } from '../../validation/read-schema.ts';
import type { Step } from '../transformation.ts';
import type { CheckResult } from './check.ts';
import { runSteps, type StepsResult } from './run-steps.ts';

export interface TransformWork {
  readonly kind: 'transform';
  readonly steps: readonly Step[];
  /** JSON text. */
  readonly data: string;
  /** Longest JSON text of a result. */
  readonly maxCharacters: number;
}
export interface CheckWork {
  readonly kind: 'check';
  readonly schema: OutsideSchema;
  readonly data: unknown;
}
/** What the process is asked for. */
export type SandboxWork = TransformWork | CheckWork;
/** After so many milliseconds the process ends itself. */
export type SandboxJob = SandboxWork & { readonly timeMs: number };
export type SandboxMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'transform'; readonly result: StepsResult }
  | { readonly kind: 'check'; readonly result: CheckResult };

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
/** Named by who starts the process. */
const memoryMb = Number(process.argv[2]);
const watchdog = new Worker(new URL(`./watchdog.${extension}`, import.meta.url), {
  workerData: { memoryBytes: memoryMb * 1_048_576 },
});
const send = (message: SandboxMessage) => process.send?.(message);

// One job must not be able to leave something behind for the next.
for (const { prototype } of [Object, Array, Function, String, Number, RegExp]) Object.preventExtensions(prototype);

async function workOf(job: SandboxWork): Promise<() => Promise<SandboxMessage>> {
  if (job.kind === 'transform')
    return async () => ({ kind: 'transform', result: await runSteps(job.steps, job.data, job.maxCharacters) });
  // Loaded when it is needed first, and before the memory of the job is counted.
  const { check } = await import('./check.ts');
  return async () => ({ kind: 'check', result: check(job.schema, job.data) });
}

async function answer(job: SandboxJob): Promise<void> {
  const work = await workOf(job);
  watchdog.postMessage(job.timeMs);
  const message = await work();
  watchdog.postMessage(0);
  send(message);
}

process.on('disconnect', () => process.exit(0));
process.on('message', (job: SandboxJob) => {
  void answer(job);
});
send({ kind: 'ready' });
