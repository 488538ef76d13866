import { carryOut } from './supervision/carry-out.ts';
import { createSupervisionCore } from './supervision/supervision-core.ts';
import { restartCopies, type SupervisionRuntime } from './supervision/supervision-runtime.ts';
import type { SupervisedApp, AppSupervisorOptions } from './supervised-app.ts';

/** Runs each app apart from the others: one that crashes is restarted alone and takes no other down. */
export interface AppSupervisor {
  /** Loads every app; nothing listens yet. Costs the time in which the engine boots anyway. */
  load(): void;
  /** Starts every app, or those named. @throws ProcosError of the first that cannot start */
  startAll(apps?: readonly string[]): Promise<void>;
  /**
   * Restarts the copies of an app, one after the other; wishes for the same app are one restart.
   *
   * @param services only the copies that the directory knows under these ids @default all copies
   * @throws Error when there is none, or one does not come up again
   */
  restart(app: string, services?: readonly string[]): Promise<void>;
  /** Stops one app for good. */
  stop(app: string, signal?: string): Promise<void>;
  /** Stops all apps, or all servers, for good. @param kind @default 'app' */
  stopAll(kind?: 'app' | 'server'): Promise<void>;
  /** Ends everything at once. @param first told to end what it has started itself */
  killAll(signal: string): Promise<void>;
  /** Process ids of the copies that run now. */
  pids(): Readonly<Record<string, number>>;
}

const defaultGraceMs = 12_000;

/** Does what the state machine decides, and decides nothing itself. */
export function createAppSupervisor(apps: readonly SupervisedApp[], options: AppSupervisorOptions): AppSupervisor {
  const core = createSupervisionCore(
    apps.map(({ id, app, kind = 'app', graceMs = defaultGraceMs }) => ({ id, app, kind, graceMs })),
  );
  let lastAsker = 0;
  const runtime: SupervisionRuntime = {
    apps: new Map(apps.map((one) => [one.id, one])),
    options,
    children: new Map(),
    failures: new Map(),
    waiting: new Map(),
    timer: undefined,
    happened: (event) => {
      // Told anew where anything is still due: a time that nobody needs any more would keep the process alive.
      clearTimeout(runtime.timer);
      for (const command of core.handle(event, performance.now())) carryOut(runtime, command);
    },
    ask: (make) =>
      new Promise((resolve, reject) => {
        const asker = ++lastAsker;
        runtime.waiting.set(asker, { resolve, reject });
        runtime.happened(make(asker));
      }),
  };
  const { ask } = runtime;
  const copiesOf = (name: string) => apps.filter(({ id, app }) => app === name || id === name).map(({ id }) => id);
  const ofKind = (wanted: 'app' | 'server') => apps.filter(({ kind = 'app' }) => kind === wanted).map(({ id }) => id);
  return {
    load: () => runtime.happened({ kind: 'load' }),
    startAll: (names) =>
      ask((asker) => ({ kind: 'start', asker, ids: names?.flatMap(copiesOf) ?? apps.map(({ id }) => id) })),
    restart: (app, services) => restartCopies(runtime, app, services),
    stop: (name, signal) => ask((asker) => ({ kind: 'stop', asker, ids: copiesOf(name), signal })),
    stopAll: (kind = 'app') => ask((asker) => ({ kind: 'stop', asker, ids: ofKind(kind) })),
    killAll: (signal) => ask((asker) => ({ kind: 'killAll', asker, signal })),
    pids: () =>
      Object.fromEntries([...runtime.children].flatMap(([id, { pid }]) => (pid === undefined ? [] : [[id, pid]]))),
  };
}
