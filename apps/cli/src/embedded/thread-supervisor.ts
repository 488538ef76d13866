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
  readonly openedAt: number;
  readonly loaded: Promise<void>;
}

/** Pause before a crashed app is started again, in milliseconds: doubles while it keeps crashing. */
const shortestPause = 250;
const longestPause = 30_000;
/** An app that ran this long is taken for well again, in milliseconds. */
const settledAfter = 60_000;

/** What each thread runs; a test gives another script that speaks the same messages. */
const appThread = new URL('./thread-entry.ts', import.meta.url);

export function createThreadSupervisor(threads: readonly ThreadData[], logger: Logger, script: URL = appThread): ThreadSupervisor {
  const running = new Map<ThreadedApp, AppThread>();
  const pauses = new Map<ThreadedApp, number>();
  let stopping = false;

  const open = (data: ThreadData): AppThread => {
    const worker = new Worker(script, { workerData: data, name: data.app });
    const thread = { worker, openedAt: performance.now(), loaded: reportOf(worker, data.app, 'loaded') };
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

  const nextPause = (app: ThreadedApp, { openedAt }: AppThread) => {
    const wasWell = performance.now() - openedAt > settledAfter;
    const pause = wasWell ? shortestPause : Math.min(longestPause, (pauses.get(app) ?? shortestPause / 2) * 2);
    pauses.set(app, pause);
    return pause;
  };

  const reviveUnlessWanted = async (data: ThreadData, thread: AppThread) => {
    const { app } = data;
    const isWanted = () => !stopping && running.get(app) === thread;
    if (!isWanted()) return;
    const pause = nextPause(app, thread);
    logger.warn('app_restarting', { app, in_ms: pause });
    await delay(pause, undefined, { ref: false });
    if (!isWanted()) return;
    try {
      open(data);
      await start(data);
      logger.info('app_restarted', { app });
    } catch (thrown) {
      logger.error('app_restart_failed', { app, error: messageOf(thrown) });
      // A thread that ended comes back here by itself; one that lives and cannot start is ended so that it does.
      await running.get(app)?.worker.terminate();
    }
  };

  const close = async (app: ThreadedApp) => {
    const thread = running.get(app);
    running.delete(app);
    if (thread === undefined) return;
    // An ended thread has no id any more, and will not tell its end a second time.
    if (thread.worker.threadId === -1) return;
    // Not `once`: that would reject when the thread crashes while it stops.
    const exited = new Promise((resolve) => thread.worker.once('exit', resolve));
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
