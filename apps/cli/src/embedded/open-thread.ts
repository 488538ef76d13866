import { Worker } from 'node:worker_threads';
import { messageOf } from '@procos/errors';
import type { AppReport } from '@procos/service-kit';
import type { AppChild } from '../system/app-child.ts';
import type { ThreadData } from './thread-data.ts';

/** What each thread runs; a test gives another script that speaks the same messages. */
const appThread = new URL('./thread-entry.ts', import.meta.url);

/** Opens an app in a thread of this process. */
export function openThread(data: ThreadData, script: URL = appThread): AppChild {
  const worker = new Worker(script, { workerData: data, name: data.app });
  let reason = 'its thread ended';
  let hasEnded = false;
  worker.on('error', (thrown) => (reason = messageOf(thrown)));
  const ended = new Promise<string>((resolve) => {
    worker.once('exit', () => {
      hasEnded = true;
      resolve(reason);
    });
  });
  return {
    pid: undefined,
    ended,
    hasEnded: () => hasEnded,
    send: (command) => worker.postMessage(command),
    onReport: (listener: (report: AppReport) => void) => {
      worker.on('message', listener);
      return () => worker.off('message', listener);
    },
    kill: async () => void (await worker.terminate()),
  };
}
