// Services under a supervisor: it says on standard input, one JSON line each, what to start, stop and kill, and is told on standard
// output what becomes of it. It decides; here nothing is started again by itself.
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { untilGivenUp } from './child-server.ts';
import { keptPlace } from './kept-place.ts';
import type { RunningService, ServiceName } from './running-service.ts';
import { startService } from './services.ts';

type Report = (service: ServiceName, kind: 'progress' | 'started' | 'ended', what: object) => void;

interface Wanted {
  readonly do: 'start' | 'stop' | 'kill';
  readonly service: ServiceName;
  readonly again?: boolean;
}

/** How long a start may take to be given up; one that builds or installs a server cannot be. */
const GIVING_UP_MS = 2_000;

/**
 * In: `{"do": "start" | "stop" | "kill", "service", "again"}`; `again`: on the ports it had. Out: `{"kind": "progress", "detail"}`,
 * `{"kind": "started", "server"}`, `{"kind": "ended", "reason"}`, each with its `service`. Ends all of them with SIGTERM, SIGINT
 * or the end of standard input.
 *
 * @param folder holds their state
 */
export function serveSupervisor(folder: string): void {
  const report: Report = (service, kind, what) =>
    void process.stdout.write(`${JSON.stringify({ kind, service, ...what })}\n`);
  const { start, giveUp, stop, kill, stopEach } = servicesOf(folder, report);
  let isStopping = false;
  const stopAll = async () => {
    if (isStopping) return;
    isStopping = true;
    const failed = (await stopEach()).flatMap((end) => (end.status === 'rejected' ? [end.reason as Error] : []));
    for (const { message } of failed) process.stderr.write(`${message}\n`);
    process.exit(failed.length > 0 ? 1 : 0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stopAll());
  // Whoever listened is gone: the end of standard input tells it too.
  process.stdout.on('error', () => void stopAll());
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const { do: wanted, service, again } = JSON.parse(line) as Wanted;
      const end = async () => {
        const outcome = await giveUp(service);
        // What cannot be given up ends with this process.
        if (outcome === 'goes on') await stopAll();
        // The end of one that was given up is reported by its start.
        if (outcome === 'done') await (wanted === 'kill' ? kill(service) : stop(service));
      };
      (wanted === 'start' ? start(service, again) : end()).catch((error: unknown) =>
        report(service, 'ended', { reason: (error as Error).message }),
      );
    })
    .once('close', () => void stopAll());
}

function servicesOf(folder: string, report: Report) {
  const handles = new Map<ServiceName, RunningService>();
  const stopping = new Map<ServiceName, RunningService>();
  const stop = async (service: ServiceName) => {
    const handle = handles.get(service);
    handles.delete(service);
    if (handle !== undefined) stopping.set(service, handle);
    await handle?.stop();
    stopping.delete(service);
    // Of one that runs elsewhere no end is heard.
    if (handle?.exited === undefined) report(service, 'ended', { reason: 'it is not needed any more' });
  };
  const startIn = async (service: ServiceName, again: boolean) => {
    const place = await keptPlace(folder, service, { again });
    const onProgress = (detail: string) => report(service, 'progress', { detail });
    return startService(service, { ...place, onProgress });
  };
  const startAgain = async (service: ServiceName, again: boolean) => {
    const known = handles.get(service);
    await known?.restart();
    const handle = known ?? (await startIn(service, again));
    handles.set(service, handle);
    report(service, 'started', { server: { ...factsOf(handle), pid: handle.pid } });
    void handle.exited?.then(({ code, signal }) =>
      report(service, 'ended', {
        reason: signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`,
      }),
    );
  };
  return {
    ...givableUp(startAgain),
    stop,
    /** Its end is reported by itself; it can be started again. */
    kill: async (service: ServiceName) => (handles.get(service) ?? stopping.get(service))?.kill(),
    stopEach: () => Promise.allSettled([...handles.keys()].map(stop)),
  };
}

/** A start that can be given up before it is over. */
function givableUp(startOne: (service: ServiceName, again: boolean) => Promise<void>) {
  const starting = new Map<ServiceName, { readonly controller: AbortController; readonly outcome: Promise<Outcome> }>();
  return {
    start: async (service: ServiceName, again = false) => {
      const controller = new AbortController();
      const start = untilGivenUp(controller.signal, () => startOne(service, again));
      const outcome = start.then(
        () => 'done' as const,
        () => 'given up' as const,
      );
      starting.set(service, { controller, outcome });
      await start.finally(() => starting.delete(service));
    },
    /** @returns what has become of its start; `done` when there was none */
    giveUp: async (service: ServiceName): Promise<Outcome> => {
      const start = starting.get(service);
      if (start === undefined) return 'done';
      start.controller.abort();
      return Promise.race([start.outcome, sleep(GIVING_UP_MS, 'goes on' as const, { ref: false })]);
    },
  };
}

type Outcome = 'done' | 'given up' | 'goes on';

/** What can be said of a service in JSON. */
function factsOf(handle: RunningService) {
  const { stop: _stop, kill: _kill, restart: _restart, control: _control, exited: _exited, ...facts } = handle;
  return facts;
}
