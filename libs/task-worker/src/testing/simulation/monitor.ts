import type { FakeTask } from '@procos/testing';
import type { HeldTask, Outcome } from '../../core/messages.ts';
import type { Scenario } from './scenario.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One start of a handler. */
export interface Run {
  /** Process that runs it: unique, even where worker ids are not. */
  readonly process: string;
  readonly lease: number;
}

interface TaskRecord {
  runs: number;
  /** Latest run in each process. */
  readonly lastRuns: Map<string, number>;
  /** Process that the engine gave the task to last. */
  holder: string | undefined;
  heldSince: number;
  failures: number;
  returned: number;
  lastRetries: number;
  /** Host of the latest run, as long as the engine has not been told how that ended. */
  untoldOn: string | undefined;
  /** How often another host took the task when the lock of an untold run had ended. */
  moved: number;
  availableAt: number;
}

/** A promise of the runtime that a history has broken. */
export class Violation extends Error {}

/** Watches a history and throws where a promise is broken. I1, I3, I5, I6, I7 as in the catalogue of invariants. */
export function createMonitor(scenario: Scenario, time: VirtualTime) {
  const records = new Map(
    scenario.tasks.map((task): [string, TaskRecord] => [
      task.id,
      { runs: 0, lastRuns: new Map(), holder: undefined, heldSince: 0, failures: 0, returned: 0, lastRetries: task.policy.retries + 1, untoldOn: undefined, moved: 0, availableAt: task.appearsAt },
    ]),
  );
  const endedInOrder = new Set<string>();
  const starts: { topic: string; at: number }[] = [];
  const refusing = new Set(scenario.tasks.filter(({ refusesResult }) => refusesResult).map(({ id }) => id));
  const hostOf = (process: string) => process.slice(0, process.indexOf('/'));
  const of = (id: string) => records.get(id) as TaskRecord;
  const fail = (text: string): never => {
    throw new Violation(`${text} (at ${Math.round(time.now())} ms)`);
  };

  /**
   * The engine counts no lock that ends, and a journal counts on its own host only: a task that moves to another host
   * without a report may be started once more each time, and so may one whose process stood still with the answer.
   */
  const countStart = (record: TaskRecord, { id, policy }: HeldTask, process: string) => {
    const host = hostOf(process);
    const isLate = record.holder !== process;
    if (isLate || (record.untoldOn !== undefined && record.untoldOn !== host)) record.moved++;
    record.untoldOn = host;
    const attempts = record.runs - record.returned - record.moved;
    if (attempts > policy.retries + 1) fail(`I5 ${id} was started ${attempts} times with ${policy.retries} retries`);
  };

  return {
    records,
    fail,
    /** The engine has locked a task for a process. */
    granted: (taskId: string, process: string) => {
      if (endedInOrder.has(process)) fail(`I6 ${process} was given ${taskId} after it had ended`);
      Object.assign(of(taskId), { holder: process, heldSince: time.now() });
    },
    ran: (task: HeldTask, run: Run, runningOfTopic: number, hadRoomSince: number) => {
      const record = of(task.id);
      const limits = scenario.limits[task.topic];
      if (limits === undefined) return fail('I7 a task of an unknown topic was started');
      if (runningOfTopic > limits.concurrency) fail(`I7 ${runningOfTopic} handlers of ${task.topic} run at once`);
      if (limits.ratePerSecond !== undefined) {
        starts.push({ topic: task.topic, at: time.now() });
        const recent = starts.filter(({ at }) => at > time.now() - 1_000).length;
        // A full bucket and one second's worth.
        if (scenario.calm && recent > 2 * limits.ratePerSecond + 1) fail(`I7 ${recent} starts of ${task.topic} in a second`);
      }
      const waited = time.now() - Math.max(record.availableAt, hadRoomSince);
      if (scenario.calm && limits.ratePerSecond === undefined && waited > 600) fail(`I8 ${task.id} waited ${Math.round(waited)} ms although there was room`);
      record.runs++;
      countStart(record, task, run.process);
      record.lastRuns.set(run.process, run.lease);
      if (scenario.calm && record.runs > record.failures + record.returned + 1) fail(`I2 ${task.id} was started again without a failure`);
    },
    accepted: (task: FakeTask, outcome: Outcome, run: Run) => {
      const record = of(task.id);
      if (outcome.kind !== 'failure') {
        if (record.holder !== run.process || record.lastRuns.get(run.process) !== run.lease) fail(`I3 ${task.id} was ended by a superseded lease`);
        return;
      }
      if (outcome.message.startsWith('The engine refused the result') && !refusing.has(task.id)) fail(`I2 ${task.id} has failed although it was done`);
      record.failures++;
      record.untoldOn = undefined;
      record.availableAt = time.now() + outcome.retryInMs;
      if (outcome.retries > record.lastRetries || (outcome.retries === record.lastRetries && scenario.calm)) fail(`I5 ${task.id}: a failure left ${outcome.retries} retries`);
      record.lastRetries = outcome.retries;
    },
    returned: (task: HeldTask) => {
      const record = of(task.id);
      record.returned++;
      record.untoldOn = undefined;
      record.availableAt = time.now();
    },
    /** A handler came to its own end. @param undisturbedSince since then neither its process nor the engine stood still */
    handled: (taskId: string, process: string, undisturbedSince: number) => {
      const { holder, heldSince } = of(taskId);
      const since = time.now() - Math.max(heldSince, undisturbedSince);
      if (holder !== process && since > 2 * scenario.lockDurationMs) fail(`I3 the handler of ${taskId} went on ${Math.round(since)} ms after ${holder} got its task`);
    },
    held: (count: number) => {
      // A replaced poll may have been answered just before the engine forgot it.
      if (count > scenario.concurrency + scenario.maxTasks) fail(`I7 ${count} tasks held, ${scenario.concurrency} allowed`);
    },
    fetches: (open: number) => {
      if (open > 6) fail(`I7 ${open} fetches open`);
    },
    stopped: (workerId: string, state: string, locked: readonly FakeTask[], running: number) => {
      if (running > 0) fail(`I6 ${workerId} has ended with ${running} handlers running`);
      if (state === 'FAILED' && scenario.calm) fail(`I6 ${workerId} could not end in good order`);
      if (state === 'STOPPED') endedInOrder.add(workerId);
      const held = locked.filter(({ isResting }) => !isResting);
      if (state === 'STOPPED' && held.length > 0) fail(`I6 ${workerId} has ended and still holds ${held.map(({ id }) => id).join(', ')}`);
    },
    /** The last word: nothing that was started may be stuck. */
    ended: (tasks: Iterable<FakeTask>) => {
      for (const task of tasks) {
        if (task.state === 'open' && task.retries !== 0) fail(`I1 ${task.id} neither ended nor became an incident`);
      }
    },
  };
}

export type Monitor = ReturnType<typeof createMonitor>;
