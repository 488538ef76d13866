import { setTimeout as delay } from 'node:timers/promises';
import { fromWireError, messageOf } from '@procos/errors';
import type { AppReport, AppRequest, SupervisorAnswer } from '@procos/service-kit';
import type { AppChild } from './app-child.ts';
import { systemErrors } from './errors.ts';

/** One copy of an app, and how it is brought to life. */
export interface SupervisedApp {
  /** Unique; the app's name where there is one copy. */
  readonly id: string;
  readonly app: string;
  open(): AppChild;
  /** How long it may take to stop, in milliseconds. @default 12000 */
  readonly graceMs?: number;
  /** Waited for before a crashed one is opened again. */
  readonly beforeRevival?: () => Promise<void>;
}

/** Runs each app apart from the others: one that crashes is restarted alone and takes no other down. */
export interface AppSupervisor {
  /** Loads every app; nothing listens yet. Costs the time in which the engine boots anyway. */
  load(): void;
  /** Starts every app, or those named. @throws ProcosError of the first that cannot start */
  startAll(apps?: readonly string[]): Promise<void>;
  /** Restarts every copy of an app. @throws Error when there is none */
  restart(app: string): Promise<void>;
  /** Stops one app for good. */
  stop(app: string, signal?: string): Promise<void>;
  stopAll(): Promise<void>;
  /** Ends everything at once. @param first told to end what it has started itself */
  killAll(signal: string): Promise<void>;
  /** Process ids of the copies that run now. */
  pids(): Readonly<Record<string, number>>;
}

export interface AppSupervisorOptions {
  /** Says what becomes of the apps: a stable name, and at least `app`. */
  readonly tell: (level: 'info' | 'warn' | 'error', event: string, fields: Readonly<Record<string, unknown>>) => void;
  readonly onProgress?: (app: string, detail: unknown) => void;
  /** Told whenever {@link AppSupervisor.pids} has changed. */
  readonly onPids?: () => void;
}

interface RunningApp {
  readonly child: AppChild;
  readonly openedAt: number;
  readonly loaded: Promise<void>;
}

/** Pause before a crashed app is started again, in milliseconds: doubles while it keeps crashing. */
const shortestPause = 250;
const longestPause = 30_000;
/** An app that ran this long is taken for well again, in milliseconds. */
const settledAfter = 60_000;

export function createAppSupervisor(apps: readonly SupervisedApp[], { tell, onProgress, onPids }: AppSupervisorOptions): AppSupervisor {
  const running = new Map<string, RunningApp>();
  /** Told to stop, and not ended yet. */
  const closing = new Set<AppChild>();
  const pauses = new Map<string, number>();
  let stopping = false;
  const copiesOf = (name: string) => apps.filter(({ id, app }) => app === name || id === name);

  const open = (supervised: SupervisedApp) => {
    const child = supervised.open();
    const one: RunningApp = { child, openedAt: performance.now(), loaded: reportOf(child, supervised.id, 'loaded') };
    // A failed load is told to whoever starts the app.
    one.loaded.catch(() => undefined);
    running.set(supervised.id, one);
    child.onReport((report) => {
      if (report.kind === 'progress') onProgress?.(supervised.app, report.detail);
      if (report.kind === 'request') void answer(supervised, child, report);
    });
    void child.ended.then((reason) => reviveUnlessWanted(supervised, one, reason));
    onPids?.();
  };

  const start = async ({ id }: SupervisedApp) => {
    const one = running.get(id);
    if (one === undefined) throw systemErrors.PROCOS_CLI_APP_FAILED({ app: id, reason: 'it is not loaded' });
    await one.loaded;
    const started = reportOf(one.child, id, 'started');
    one.child.send({ kind: 'start' });
    await started;
  };

  const nextPause = (id: string, { openedAt }: RunningApp) => {
    const wasWell = performance.now() - openedAt > settledAfter;
    const pause = wasWell ? shortestPause : Math.min(longestPause, (pauses.get(id) ?? shortestPause / 2) * 2);
    pauses.set(id, pause);
    return pause;
  };

  const reviveUnlessWanted = async (supervised: SupervisedApp, one: RunningApp, reason: string) => {
    const { id } = supervised;
    const isWanted = () => !stopping && running.get(id) === one;
    if (!isWanted()) return;
    tell('error', 'app_crashed', { app: id, error: reason });
    const pause = nextPause(id, one);
    tell('warn', 'app_restarting', { app: id, in_ms: pause });
    await Promise.all([delay(pause, undefined, { ref: false }), supervised.beforeRevival?.()]);
    if (!isWanted()) return;
    try {
      open(supervised);
      await start(supervised);
      tell('info', 'app_restarted', { app: id });
    } catch (thrown) {
      tell('error', 'app_restart_failed', { app: id, error: messageOf(thrown) });
      // One that ended comes back here by itself; one that lives and cannot start is ended so that it does.
      await running.get(id)?.child.kill();
    }
  };

  const close = async ({ id, graceMs = 12_000 }: SupervisedApp, signal?: string) => {
    const one = running.get(id);
    running.delete(id);
    if (one === undefined || one.child.hasEnded()) return;
    closing.add(one.child);
    one.child.send({ kind: 'stop', signal });
    await Promise.race([one.child.ended, delay(graceMs, undefined, { ref: false })]);
    await one.child.kill();
    closing.delete(one.child);
  };

  const restart = async (name: string) => {
    const copies = copiesOf(name);
    if (copies.length === 0) throw new Error(`${name} is not run by this supervisor`);
    for (const copy of copies) {
      await close(copy);
      open(copy);
      await start(copy);
    }
  };

  const stopOthers = async (asker: SupervisedApp) => {
    stopping = true;
    await Promise.all(apps.filter((one) => one !== asker).map((one) => close(one)));
  };

  const answer = async (asker: SupervisedApp, child: AppChild, { id, wanted }: AppRequest) => {
    const done = wanted === 'stop_others' ? stopOthers(asker) : restart(wanted.restart);
    const told: SupervisorAnswer = await done.then(
      () => ({ kind: 'answer', id }) as const,
      (thrown: unknown) => ({ kind: 'answer', id, reason: messageOf(thrown) }) as const,
    );
    child.send(told);
  };

  return {
    load: () => apps.forEach(open),
    startAll: async (names) => void (await Promise.all((names?.flatMap(copiesOf) ?? apps).map(start))),
    restart,
    stop: async (name, signal) => {
      stopping = true;
      await Promise.all(copiesOf(name).map((one) => close(one, signal)));
    },
    stopAll: async () => {
      stopping = true;
      await Promise.all(apps.map((one) => close(one)));
    },
    killAll: async (signal) => {
      stopping = true;
      const children = [...closing, ...[...running.values()].map(({ child }) => child)];
      for (const child of children) child.send({ kind: 'kill', signal });
      // Long enough for an app to end what it has started itself.
      await delay(100);
      await Promise.all(children.map((child) => child.kill()));
    },
    pids: () => Object.fromEntries([...running].flatMap(([id, { child }]) => (child.pid === undefined || child.hasEnded() ? [] : [[id, child.pid]]))),
  };
}

/** Resolves at the wanted report; rejects when the app fails or ends first. */
function reportOf(child: AppChild, app: string, wanted: AppReport['kind']): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopListening = child.onReport((report) => {
      if (report.kind === wanted) resolve();
      else if (report.kind === 'failed') reject(errorOf(app, report));
      else return;
      stopListening();
    });
    void child.ended.then((reason) => {
      stopListening();
      reject(systemErrors.PROCOS_CLI_APP_FAILED({ app, reason }));
    });
  });
}

function errorOf(app: string, { status, error, reason }: Extract<AppReport, { kind: 'failed' }>): Error {
  const told = fromWireError(status, error);
  return told !== undefined && told.code !== 'PROCOS_INTERNAL' ? told : systemErrors.PROCOS_CLI_APP_FAILED({ app, reason });
}
