/** Something that has to pass before work goes on. */
interface Wait {
  readonly what: string;
  readonly seconds: number;
  /** Where the product sets it: a file of the repository, and what captures the number there, in milliseconds. */
  readonly setBy?: { readonly file: string; readonly pattern: RegExp };
  /** How often it may pass, one after the other. @default 1 */
  readonly times?: number;
}

/** How soon everything that was running has gone on when a part is killed. */
export interface RecoveryPromise {
  readonly parts: readonly string[];
  readonly waits: readonly Wait[];
}

const settings = 'docs/reference/configuration.md';
const start: Wait = { what: 'a start', seconds: 10 };
const taskLock: Wait = {
  what: 'the lock of a task',
  seconds: 5,
  setBy: { file: settings, pattern: /`WORKER_LOCK_DURATION` \|[^|]*\| `(\d+)`/ },
};
const timerLock: Wait = {
  what: 'the lock of a timer that the engine was about to run',
  seconds: 30,
  setBy: {
    file: 'infra/engine/src/main/java/org/procos/engine/EngineConfiguration.java',
    pattern: /setLockTimeInMillis\(([\d_]+)\)/,
  },
};
const lead: Wait = {
  what: 'the lead of an event bridge, for which Consul may take twice its time',
  seconds: 10,
  times: 2,
  setBy: { file: settings, pattern: /`PROCOS_EVENT_LEADER_TTL_MS` \|[^|]*\| `(\d+)`/ },
};
const queue: Wait = {
  what: 'setting up a queue, once more where the first attempt is not answered',
  seconds: 10,
  times: 2,
  setBy: { file: 'libs/event-bus/src/rabbitmq/broker-options.ts', pattern: /setUpMs: ([\d_]+)/ },
};

/** What is promised when one part of a distributed system is killed with `kill -9`. */
export const recoveryPromises: readonly RecoveryPromise[] = [
  { parts: ['gateway', 'service-registry', 'system-worker', 'email-adapter', 'slack-adapter'], waits: [start] },
  { parts: ['generic-worker', 'ai-worker'], waits: [start, taskLock] },
  { parts: ['event-bridge'], waits: [start, lead] },
  { parts: ['kernel', 'engine', 'postgres'], waits: [start, timerLock] },
  { parts: ['rabbitmq'], waits: [start, queue] },
  { parts: ['consul'], waits: [start, lead] },
];

/**
 * What the tests of faults allow of {@link recoveryRatio}: half as much again as was promised, so that they do not fail on a
 * machine that others use too. Times twice as long in the product are seen by the test of this table.
 */
export const allowedRatio = 1.5;

/** Seconds that a promise gives. */
export function promisedSeconds({ waits }: RecoveryPromise): number {
  return waits.reduce((sum, { seconds, times = 1 }) => sum + seconds * times, 0);
}

/**
 * How much of the promised time a fault has cost: 1 and less keeps the promise. The same work without a fault, on the same
 * machine, tells how busy that is; with the fault it may take twice as long, besides what was promised.
 *
 * @param part that was killed @param tookSeconds from the fault on, until all instances had ended and their events were received
 * @param undisturbedSeconds the same without a fault @throws Error when nothing is promised for the part
 */
export function recoveryRatio(part: string, tookSeconds: number, undisturbedSeconds: number): number {
  const promise = recoveryPromises.find(({ parts }) => parts.includes(part));
  if (promise === undefined) throw new Error(`Nothing is promised for ${part}: add it to recoveryPromises`);
  return (tookSeconds - undisturbedSeconds) / (undisturbedSeconds + promisedSeconds(promise));
}

/** The table of the README. */
export function promiseTable(): string {
  const rows = recoveryPromises.map((promise) => {
    const waits = promise.waits.map(({ what, seconds, times = 1 }) => `${what} (${seconds * times} s)`);
    return `| ${promise.parts.join(', ')} | ${promisedSeconds(promise)} s | ${waits.join(', ')} |`;
  });
  return ['| Killed | Gone on after | Which is |', '| --- | --- | --- |', ...rows].join('\n');
}
