import { setTimeout as delay } from 'node:timers/promises';
import { toWireError } from '@procos/errors';
import type { AppReport } from '@procos/service-kit';
import type { AppChild } from '../system/app-child.ts';
import type { ServiceName, StartedService } from './service-kinds.ts';

/** Launcher → us, a line each. */
export type LauncherLine =
  | { readonly kind: 'progress'; readonly service: ServiceName; readonly detail: string }
  | { readonly kind: 'started'; readonly service: ServiceName; readonly server: StartedService }
  | { readonly kind: 'ended'; readonly service: ServiceName; readonly reason: string };

interface Life {
  readonly listeners: Set<(report: AppReport) => void>;
  end: (reason: string) => void;
  isUp: boolean;
  /** Known once it is up. */
  pid: number | undefined;
}

/** What becomes of the servers by what their launcher says. */
export function createServerLives(missing: (reason: string) => Error, onProgress: (message: string) => void) {
  const lives = new Map<ServiceName, Life>();
  const startedOf = new Map<ServiceName, StartedService>();
  const end = (name: ServiceName, { isUp, listeners, end: endLife }: Life, reason: string) => {
    // First its end: there is nothing to be killed any more when it is told why it did not come up.
    endLife(reason);
    if (isUp) return;
    // What has run before can be had on this machine.
    const fault = startedOf.has(name) ? new Error(reason) : missing(reason);
    for (const listener of listeners) listener(failure(fault));
  };
  return {
    lives,
    startedOf,
    onLine: (line: LauncherLine) => {
      if (line.kind === 'progress') return onProgress(line.detail);
      const life = lives.get(line.service);
      if (life === undefined) return;
      if (line.kind === 'ended') return end(line.service, life, line.reason);
      life.isUp = true;
      life.pid = line.server.pid;
      startedOf.set(line.service, line.server);
      for (const listener of life.listeners) listener({ kind: 'started', url: line.server.url });
    },
    endAll: (reason: string) => {
      for (const [name, life] of [...lives]) end(name, life, reason);
    },
  };
}

/** How long a launcher may take to kill a server, in milliseconds. */
const killingMs = 3_000;

interface ServerParts {
  readonly lives: Map<ServiceName, Life>;
  readonly say: (wanted: 'start' | 'stop' | 'kill', service: ServiceName) => void;
  readonly quit: (signal: NodeJS.Signals) => void;
}

/** One life of a server, as its supervisor wants it. */
export function openServer(name: ServiceName, { lives, say, quit }: ServerParts): AppChild {
  let hasEnded = false;
  const listeners: Life['listeners'] = new Set();
  const life: Life = { listeners, end: () => undefined, isUp: false, pid: undefined };
  const ended = new Promise<string>((resolve) => {
    life.end = (reason) => {
      hasEnded = true;
      if (lives.get(name) === life) lives.delete(name);
      resolve(reason);
    };
  });
  lives.set(name, life);
  // There is nothing to be loaded before it is started; told when the supervisor listens.
  setImmediate(() => listeners.forEach((listener) => listener({ kind: 'loaded' })));
  return {
    get pid() {
      return hasEnded ? undefined : life.pid;
    },
    ended,
    hasEnded: () => hasEnded,
    send: ({ kind }) => {
      if (kind === 'start' || kind === 'stop' || kind === 'kill') say(kind, name);
    },
    onReport: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    kill: async () => {
      // This one alone; with its launcher, and all others, only where that does not do it. A guard ends what it leaves behind.
      if (!hasEnded) {
        say('kill', name);
        await Promise.race([ended, delay(killingMs, undefined, { ref: false })]);
      }
      if (!hasEnded) quit('SIGKILL');
      await ended;
    },
  };
}

function failure(thrown: Error): AppReport {
  const { status, body } = toWireError(thrown);
  return { kind: 'failed', status, error: body, reason: thrown.message };
}
