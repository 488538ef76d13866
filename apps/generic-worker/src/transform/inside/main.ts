// The process in which transformations run: one job after the other, without access to files, the network or other processes.
import { Worker } from 'node:worker_threads';
import type { Step } from '../transformation.ts';
import { runSteps, type StepsResult } from './run-steps.ts';

/** What the process is asked for. */
export interface TransformJob {
  readonly steps: readonly Step[];
  /** JSON text. */
  readonly data: string;
  /** Longest JSON text of a result. */
  readonly maxCharacters: number;
  /** After so many milliseconds the process ends itself. */
  readonly timeMs: number;
}
export type TransformMessage = { readonly kind: 'ready' } | { readonly kind: 'result'; readonly result: StepsResult };

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
/** Named by who starts the process. */
const memoryMb = Number(process.argv[2]);
const watchdog = new Worker(new URL(`./watchdog.${extension}`, import.meta.url), { workerData: { memoryBytes: memoryMb * 1_048_576 } });
const tell = (message: TransformMessage) => process.send?.(message);

// One job must not be able to leave something behind for the next.
for (const { prototype } of [Object, Array, Function, String, Number, RegExp]) Object.preventExtensions(prototype);

async function answer({ steps, data, maxCharacters, timeMs }: TransformJob): Promise<void> {
  watchdog.postMessage(timeMs);
  const result = await runSteps(steps, data, maxCharacters);
  watchdog.postMessage(0);
  tell({ kind: 'result', result });
}

process.on('disconnect', () => process.exit(0));
process.on('message', (job: TransformJob) => {
  void answer(job);
});
tell({ kind: 'ready' });
