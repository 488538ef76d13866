import { setTimeout as delay } from 'node:timers/promises';
import { fromWireError, messageOf } from '@procos/errors';
import type { AppReport, AppRequest, SupervisorAnswer } from '@procos/service-kit';
import type { AppChild } from './app-child.ts';
import { systemErrors } from './errors.ts';
import { createSupervisionCore } from './supervision/supervision-core.ts';
import type { SupervisionCommand, SupervisionEvent, SupervisionFault } from './supervision/supervision-messages.ts';

/** One copy of an app, or a server, and how it is brought to life. */
export interface SupervisedApp {
  /** Unique; the app's name where there is one copy. */
  readonly id: string;
  readonly app: string;
  /** Under which id the directory knows it. */
  readonly serviceId?: string;
  /** @default 'app' */
  readonly kind?: 'app' | 'server';
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

export interface AppSupervisorOptions {
  /** Says what becomes of the apps: a stable name, and at least `app`. */
  readonly tell: (level: 'info' | 'warn' | 'error', event: string, fields: Readonly<Record<string, unknown>>) => void;
  readonly onProgress?: (app: string, detail: unknown) => void;
  /** Told whenever {@link AppSupervisor.pids} has changed. */
  readonly onPids?: () => void;
}

interface Runtime {
  readonly apps: ReadonlyMap<string, SupervisedApp>;
  readonly options: AppSupervisorOptions;
  readonly children: Map<string, AppChild>;
  readonly failures: Map<string, Error>;
  readonly waiting: Map<number, { readonly resolve: () => void; readonly reject: (error: Error) => void }>;
  readonly happened: (event: SupervisionEvent) => void;
  readonly ask: (make: (asker: number) => SupervisionEvent) => Promise<void>;
  timer: NodeJS.Timeout | undefined;
}

const defaultGraceMs = 12_000;

/** Does what the state machine decides, and decides nothing itself. */
export function createAppSupervisor(apps: readonly SupervisedApp[], options: AppSupervisorOptions): AppSupervisor {
  const core = createSupervisionCore(
    apps.map(({ id, app, kind = 'app', graceMs = defaultGraceMs }) => ({ id, app, kind, graceMs })),
  );
  let lastAsker = 0;
  const runtime: Runtime = {
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
    restart: (app, services) => restart(runtime, app, services),
    stop: (name, signal) => ask((asker) => ({ kind: 'stop', asker, ids: copiesOf(name), signal })),
    stopAll: (kind = 'app') => ask((asker) => ({ kind: 'stop', asker, ids: ofKind(kind) })),
    killAll: (signal) => ask((asker) => ({ kind: 'killAll', asker, signal })),
    pids: () =>
      Object.fromEntries([...runtime.children].flatMap(([id, { pid }]) => (pid === undefined ? [] : [[id, pid]]))),
  };
}

async function restart({ apps, ask }: Runtime, name: string, services?: readonly string[]): Promise<void> {
  const copies = [...apps.values()].filter(
    ({ id, app, kind = 'app' }) => kind === 'app' && (app === name || id === name),
  );
  const [first] = copies;
  if (first === undefined) throw new Error(`${name} is not run by this supervisor`);
  const wanted =
    services === undefined
      ? copies
      : copies.filter(({ serviceId }) => serviceId !== undefined && services.includes(serviceId));
  // Records of a system that ran before this one: none of its copies is ours, and ours are well.
  if (wanted.length === 0) return;
  await ask((asker) => ({ kind: 'restart', asker, app: first.app, ids: wanted.map(({ id }) => id) }));
}

function carryOut(runtime: Runtime, command: SupervisionCommand): void {
  const { children, apps, waiting, options } = runtime;
  switch (command.kind) {
    case 'open':
      return open(runtime, command.id, command.child);
    case 'sendStart':
      return children.get(command.id)?.send({ kind: 'start' });
    case 'sendStop':
      return children.get(command.id)?.send({ kind: 'stop', signal: command.signal });
    case 'sendKill':
      return children.get(command.id)?.send({ kind: 'kill', signal: command.signal });
    case 'kill':
      return void children.get(command.id)?.kill();
    case 'prepare': {
      const { id, child } = command;
      const prepared = () => runtime.happened({ kind: 'prepared', id, child });
      const before = apps.get(id)?.beforeRevival?.() ?? Promise.resolve();
      return void before
        .catch((thrown: unknown) =>
          options.tell('warn', 'app_revival_not_prepared', { app: id, error: messageOf(thrown) }),
        )
        .then(prepared);
    }
    case 'answer': {
      const asked = waiting.get(command.asker);
      waiting.delete(command.asker);
      return command.fault === undefined ? asked?.resolve() : asked?.reject(errorOf(runtime, command.fault));
    }
    case 'tell':
      return options.tell(command.level, command.event, { app: command.id, ...command.fields });
    case 'wake':
      runtime.timer = setTimeout(runtime.happened, Math.max(1, Math.ceil(command.at - performance.now())), {
        kind: 'timer',
      });
  }
}

function open(runtime: Runtime, id: string, child: number): void {
  const supervised = runtime.apps.get(id);
  if (supervised === undefined) return;
  const { options, children, failures, happened } = runtime;
  const ended = (reason: string) => {
    children.delete(id);
    options.onPids?.();
    happened({ kind: 'ended', id, child, reason });
  };
  failures.delete(id);
  let opened: AppChild;
  try {
    opened = supervised.open();
  } catch (thrown) {
    // The machine has no room for one more process: tried again like one that has crashed.
    return void delay(0).then(() => ended(messageOf(thrown)));
  }
  children.set(id, opened);
  opened.onReport((report) => onReport(runtime, supervised, opened, child, report));
  void opened.ended.then(ended);
  options.onPids?.();
}

function onReport(
  runtime: Runtime,
  { id, app }: SupervisedApp,
  opened: AppChild,
  child: number,
  report: AppReport,
): void {
  const { options, failures, happened } = runtime;
  if (report.kind === 'progress') options.onProgress?.(app, report.detail);
  else if (report.kind === 'request') void answer(runtime, id, opened, report);
  else if (report.kind === 'failed') {
    failures.set(id, failureOf(id, report));
    happened({ kind: 'failed', id, child, reason: report.reason });
  } else if (report.kind !== 'stopped') {
    if (report.kind === 'started') options.onPids?.();
    happened({ kind: report.kind, id, child });
  }
}

/** What one app wants of the others: only who holds them all can do it. */
async function answer(runtime: Runtime, asker: string, child: AppChild, { id, wanted }: AppRequest): Promise<void> {
  const others = [...runtime.apps.values()]
    .filter((one) => one.id !== asker && one.kind !== 'server')
    .map((one) => one.id);
  const stopOthers = () => runtime.ask((waiting) => ({ kind: 'stop', asker: waiting, ids: others }));
  const done = wanted === 'stop_others' ? stopOthers() : restart(runtime, wanted.restart, wanted.services);
  const told: SupervisorAnswer = await done.then(
    () => ({ kind: 'answer', id }) as const,
    (thrown: unknown) => ({ kind: 'answer', id, reason: messageOf(thrown) }) as const,
  );
  child.send(told);
}

function errorOf({ failures }: Runtime, { id, reason }: SupervisionFault): Error {
  return failures.get(id) ?? systemErrors.PROCOS_CLI_APP_FAILED({ app: id, reason });
}

function failureOf(app: string, { status, error, reason }: Extract<AppReport, { kind: 'failed' }>): Error {
  const told = fromWireError(status, error);
  return told !== undefined && told.code !== 'PROCOS_INTERNAL'
    ? told
    : systemErrors.PROCOS_CLI_APP_FAILED({ app, reason });
}
