import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { WorkerProcessOptions } from './worker-process.ts';

export interface WorkerProcess {
  readonly workerId: string;
  /** Resolves with the time when a handler has started on this instance, in milliseconds. */
  startedOn(processInstanceId: string): Promise<number>;
  /** Resolves when the handler of this instance has come to its end. */
  achieved(processInstanceId: string): Promise<number>;
  /** Resolves when it stands still while it tells the result of this instance. */
  stoodStill(processInstanceId: string): Promise<number>;
  /** @returns its exit code, `null` when a signal ended it */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

interface Report {
  readonly event: string;
  readonly workerId?: string;
  readonly processInstanceId?: string;
}

/** Workers as processes of their own, which a test may kill. What is left at the end is ended. */
export function useWorkerProcesses(): (options: WorkerProcessOptions) => Promise<WorkerProcess> {
  const children = new Set<ChildProcess>();
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  return async (options) => {
    const script = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--conditions=@procos/source', script, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.add(child);
    const exit = once(child, 'exit') as Promise<[number | null]>;
    const reports = new Map<string, PromiseWithResolvers<number>>();
    const reportsOf = (event: string, id: string) => {
      const known = reports.get(`${event} ${id}`) ?? Promise.withResolvers<number>();
      reports.set(`${event} ${id}`, known);
      return known;
    };
    const ready = Promise.withResolvers<string>();
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { event, workerId = '', processInstanceId = '' } = JSON.parse(line) as Report;
      if (event === 'ready') ready.resolve(workerId);
      reportsOf(event, processInstanceId).resolve(performance.now());
    });
    void exit.then(([code]) => ready.reject(new Error(`The worker process ended with ${code} before it was ready`)));
    const workerId = await ready.promise;
    return {
      workerId,
      startedOn: (id) => reportsOf('started', id).promise,
      achieved: (id) => reportsOf('achieved', id).promise,
      stoodStill: (id) => reportsOf('stoodStill', id).promise,
      end: async (signal) => {
        child.kill(signal);
        const [code] = await exit;
        children.delete(child);
        return code;
      },
    };
  };
}
