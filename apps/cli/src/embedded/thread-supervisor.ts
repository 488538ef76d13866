import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { fromWireError, messageOf } from '@procos/errors';
import type { Logger } from '@procos/logging';
import type { ThreadedApp } from './app-names.ts';
import { embeddedErrors } from './errors.ts';
import type { RestartAnswer, ThreadCommand, ThreadData, ThreadReport } from './thread-messages.ts';

/** Runs each app in a thread of its own: one that crashes is restarted alone and takes neither kernel nor engine down. */
export interface ThreadSupervisor {
  /** Loads every app; nothing listens yet. Costs the time in which the engine boots anyway. */
  load(): void;
  /** Starts every app. @throws ProcosError of the first that cannot start */
  startAll(): Promise<void>;
  restart(app: string): Promise<void>;
  stopAll(): Promise<void>;
}

interface AppThread {
  readonly worker: Worker;
  readonly loaded: Promise<void>;
}

/** Longest pause before a crashed app is started again, in milliseconds. */
const longestPause = 30_000;

export function createThreadSupervisor(threads: readonly ThreadData[], logger: Logger): ThreadSupervisor {
  const running = new Map<ThreadedApp, AppThread>();
  let stopping = false;

  const open = (data: ThreadData): AppThread => {
    const worker = new Worker(new URL('./app-thread.ts', import.meta.url), { workerData: data, name: data.app });
    const thread = { worker, loaded: reportOf(worker, data.app, 'loaded') };
    // A failed load is told to whoever starts the thread.
    thread.loaded.catch(() => undefined);
    running.set(data.app, thread);
    worker.on('message', (message: ThreadReport) => message.kind === 'restart' && void answerRestart(worker, message));
    worker.on('error', (thrown) => logger.error('app_crashed', { app: data.app, error: messageOf(thrown) }));
    worker.once('exit', () => void reviveUnlessWanted(data, thread));
    return thread;
  };

  const start = async ({ app }: ThreadData) => {
    const thread = running.get(app);
    if (thread === undefined) throw embeddedErrors.PROCOS_CLI_APP_FAILED({ app, reason: 'it is not loaded' });
    await thread.loaded;
    const started = reportOf(thread.worker, app, 'started');
    send(thread.worker, { kind: 'start' });
    await started;
  };

  const reviveUnlessWanted = async (data: ThreadData, thread: AppThread) => {
    if (stopping || running.get(data.app) !== thread) return;
    for (let pause = 250; !stopping; pause = Math.min(longestPause, pause * 2)) {
      logger.warn('app_restarting', { app: data.app, in_ms: pause });
      await delay(pause, undefined, { ref: false });
      if (stopping || running.get(data.app) !== thread) return;
      try {
        open(data);
        await start(data);
        logger.info('app_restarted', { app: data.app });
        return;
      } catch (thrown) {
        logger.error('app_restart_failed', { app: data.app, error: messageOf(thrown) });
      }
    }
  };

  const close = async (app: ThreadedApp) => {
    const thread = running.get(app);
    running.delete(app);
    if (thread === undefined) return;
    const exited = once(thread.worker, 'exit');
    send(thread.worker, { kind: 'stop' });
    await Promise.race([exited, delay(12_000, undefined, { ref: false })]);
    await thread.worker.terminate();
  };

  const restart = async (name: string) => {
    const data = threads.find(({ app }) => app === name);
    if (data === undefined) throw new Error(`${name} is not run by this supervisor`);
    await close(data.app);
    open(data);
    await start(data);
  };

  const answerRestart = async (asker: Worker, { id, service }: Extract<ThreadReport, { kind: 'restart' }>) => {
    const answer: RestartAnswer = await restart(service).then(
      () => ({ kind: 'restarted', id }) as const,
      (thrown: unknown) => ({ kind: 'restarted', id, reason: messageOf(thrown) }) as const,
    );
    send(asker, answer);
  };

  return {
    load: () => threads.forEach(open),
    startAll: async () => void (await Promise.all(threads.map(start))),
    restart,
    stopAll: async () => {
      stopping = true;
      await Promise.all([...running.keys()].map(close));
    },
  };
}

function send(worker: Worker, command: ThreadCommand): void {
  worker.postMessage(command);
}

/** Resolves at the wanted report; rejects when the thread fails or ends first. */
function reportOf(worker: Worker, app: ThreadedApp, wanted: ThreadReport['kind']): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off('message', onReport);
      worker.off('error', onError);
      worker.off('exit', onExit);
      act();
    };
    const onReport = (message: ThreadReport) => {
      if (message.kind === wanted) settle(resolve);
      if (message.kind === 'failed') settle(() => reject(errorOf(app, message)));
    };
    const onError = (thrown: unknown) => settle(() => reject(embeddedErrors.PROCOS_CLI_APP_FAILED({ app, reason: messageOf(thrown) }, thrown)));
    const onExit = () => settle(() => reject(embeddedErrors.PROCOS_CLI_APP_FAILED({ app, reason: 'its thread ended' })));
    worker.on('message', onReport);
    worker.on('error', onError);
    worker.on('exit', onExit);
  });
}

function errorOf(app: ThreadedApp, { status, error, reason }: Extract<ThreadReport, { kind: 'failed' }>): Error {
  const told = fromWireError(status, error);
  return told !== undefined && told.code !== 'PROCOS_INTERNAL' ? told : embeddedErrors.PROCOS_CLI_APP_FAILED({ app, reason });
}
