// Ends the process that it lives in when a job takes too much time or memory. A busy event loop cannot do that by itself, the
// worker that started the process may be gone, and the limit on the heap neither counts all memory nor holds for one huge object.
import { parentPort, workerData } from 'node:worker_threads';

/** Bytes that a job may take beyond what the process takes without one. */
const { memoryBytes } = workerData as { readonly memoryBytes: number };
const lookMs = 20;

let timers: readonly NodeJS.Timeout[] = [];
/** @param milliseconds of the job that starts; 0 = it has ended */
function watch(milliseconds: number): void {
  timers.forEach((timer) => clearTimeout(timer));
  timers = [];
  if (milliseconds === 0) return;
  const before = process.memoryUsage.rss();
  const late = setTimeout(() => process.kill(process.pid, 'SIGKILL'), milliseconds);
  const look = setInterval(() => {
    if (process.memoryUsage.rss() - before > memoryBytes) process.kill(process.pid, 'SIGABRT');
  }, lookMs);
  timers = [late, look];
}
parentPort?.on('message', watch);
