import { threadId, parentPort, workerData } from 'node:worker_threads';
import type { AppReport, SupervisorCommand } from '@procos/service-kit';
import type { ThreadData } from '../embedded/thread-data.ts';

// Speaks the messages of a supervised app. Its app name decides what becomes of it.
const { app, env } = workerData as ThreadData;
const report = (message: AppReport) => parentPort?.postMessage(message);
const failure = { code: 'PROCOS_TEST', message: 'port is taken', remedy: 'free it', data: {} };

report({ kind: 'loaded' });
parentPort?.on('message', (command: SupervisorCommand) => {
  if (command.kind === 'stop' && env['HANGS'] === app) {
    report({ kind: 'progress', detail: 'stopping' });
  } else if (command.kind === 'kill') {
    report({ kind: 'progress', detail: `killed by ${command.signal}` });
  } else if (command.kind === 'stop') {
    report({ kind: 'stopped' });
    parentPort?.close();
  } else if (command.kind === 'start' && env['FAILS'] === app) {
    report({ kind: 'failed', status: 500, error: { error: failure }, reason: failure.message });
  } else if (command.kind === 'start') {
    report({ kind: 'started', url: String(threadId) });
    if (env['CRASHES'] === app) {
      setTimeout(() => {
        throw new Error('crashed on purpose');
      }, 20);
    }
  }
});
