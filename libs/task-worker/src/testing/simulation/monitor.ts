import { decodeVariables, encodeVariables } from '@procos/engine-client';
import type { FakeTask } from '@procos/testing';
import type { Achieved, HeldTask, Outcome } from '../../core/messages.ts';
import type { Refusal, Scenario } from './scenario.ts';
import { longestTravelMs } from './sim-engine.ts';
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
  /** Host of the latest run, as long as the engine does not know how that ended. */
  unreportedOn: string | undefined;
  /** How often another host took the task when the lock of an unreported run had ended. */
  moved: number;
  availableAt: number;
  /** Handlers that came to a result: the effect has happened. */
  effects: number;
  /** The keys under which an outside system was asked for it. */
  readonly keys: Set<string>;
  /** Its result cannot be kept. */
  readonly isLarge: boolean;
  /** The engine keeps a result of it. */
  isKept: boolean;
  /** Results that it refused. */
  refusals: number;
  /** Tries that people have granted. */
  granted: number;
}

/** A promise of the runtime that a history has broken. */
class Violation extends Error {}

/** In place of a lease: what a process that has died left unreported is its last run. */
export const ofLastRun = 0;

/** Watches a history and throws where a promise is broken. I1, I3, I5, I6, I7 as in the catalogue of invariants. */
export function createMonitor(scenario: Scenario, time: VirtualTime) {
  const records = new Map(
    scenario.tasks.map((task): [string, TaskRecord] => [
      task.id,
      {
        runs: 0,
        lastRuns: new Map(),
        holder: undefined,
        heldSince: 0,
        failures: 0,
        returned: 0,
        lastRetries: task.policy.retries + 1,
        unreportedOn: undefined,
        moved: 0,
        availableAt: task.appearsAt,
        effects: 0,
        keys: new Set(),
        isLarge: task.isLarge,
        isKept: false,
        refusals: 0,
        granted: 0,
      },
    ]),
  );
  let isAnyGranted = false;
  const endedInOrder = new Set<string>();
  const starts: { topic: string; at: number }[] = [];
  const refusing = new Set(scenario.tasks.filter(({ refusal }) => refusal !== undefined).map(({ id }) => id));
  const large = new Set(scenario.tasks.filter(({ isLarge }) => isLarge).map(({ id }) => id));
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
    // It may have been given to another while the start was on its way, and no longer.
    const isLate = record.holder !== process;
    if (isLate && time.now() - record.heldSince > 2 * longestTravelMs)
      fail(`I3 ${id} was started ${Math.round(time.now() - record.heldSince)} ms after ${record.holder} got it`);
    if (isLate || (record.unreportedOn !== undefined && record.unreportedOn !== host)) record.moved++;
    record.unreportedOn = host;
    const attempts = record.runs - record.returned - record.moved;
    if (attempts > policy.retries + 1 + record.granted)
      fail(`I5 ${id} was started ${attempts} times with ${policy.retries} retries`);
  };

  /** An effect happens once: nobody does again what the engine keeps, and nothing but what cannot be kept is done again when people want it. */
  const checkEffect = (record: TaskRecord, id: string) => {
    if (record.isKept) fail(`I9 ${id} was run again although its result is kept`);
    const allowed = large.has(id) ? record.granted : 0;
    if (scenario.calm && record.effects > allowed)
      fail(`I9 the effect of ${id} would have happened ${record.effects + 1} times`);
  };

  const checkAchieved = (record: TaskRecord, id: string, achieved: Achieved) => {
    const { made } = decodeVariables(encodeVariables(achieved.variables));
    if (made !== id) fail(`I9 ${id} ended with the result of ${String(made)}`);
    if (record.effects === 0) fail(`I9 ${id} ended with a result that nobody made`);
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
        if (scenario.calm && recent > 2 * limits.ratePerSecond + 1)
          fail(`I7 ${recent} starts of ${task.topic} in a second`);
      }
      // Whether a result is kept is asked before a retry.
      const question = task.retries === null ? 0 : 2 * longestTravelMs;
      const waited = time.now() - Math.max(record.availableAt, hadRoomSince);
      // A granted try wakes no waiting request, and may be given out in place of a retry that is due.
      if (scenario.calm && limits.ratePerSecond === undefined && !isAnyGranted && waited > 600 + question)
        fail(`I8 ${task.id} waited ${Math.round(waited)} ms although there was room`);
      checkEffect(record, task.id);
      record.runs++;
      countStart(record, task, run.process);
      record.lastRuns.set(run.process, run.lease);
      if (scenario.calm && record.runs > record.failures + record.returned + 1)
        fail(`I2 ${task.id} was started again without a failure`);
    },
    accepted: (task: FakeTask, outcome: Outcome, run: Run) => {
      const record = of(task.id);
      if (outcome.kind !== 'failure') {
        checkAchieved(record, task.id, outcome);
        if (record.isKept && outcome.wasKept !== true)
          fail(`I9 ${task.id} has ended and leaves the copy of its result behind`);
        if (
          record.holder !== run.process ||
          (outcome.wasKept !== true && record.lastRuns.get(run.process) !== run.lease)
        )
          fail(`I3 ${task.id} was ended by a superseded lease`);
        return;
      }
      const isRefused = outcome.message.startsWith('The engine refused the result');
      if (isRefused && !refusing.has(task.id)) fail(`I2 ${task.id} has failed although it was done`);
      if (outcome.keeps !== undefined) checkAchieved(record, task.id, outcome.keeps);
      if (outcome.keeps !== undefined) record.isKept = true;
      if (isRefused && !record.isKept && outcome.retries > 0)
        fail(`I9 ${task.id} would be run again by itself although it was done`);
      record.failures++;
      // A report that was repeated and comes late is of an earlier run: it says nothing of the one under way.
      if (run.lease === ofLastRun || record.lastRuns.get(run.process) === run.lease) record.unreportedOn = undefined;
      record.availableAt = time.now() + outcome.retryInMs;
      if (outcome.retries > record.lastRetries || (outcome.retries === record.lastRetries && scenario.calm))
        fail(`I5 ${task.id}: a failure left ${outcome.retries} retries`);
      record.lastRetries = outcome.retries;
    },
    /** A handler came to a result. @param key that it has handed to the outside, which does once what has the same key */
    achieved: (taskId: string, key: string) => {
      const record = of(taskId);
      record.effects++;
      record.keys.add(key);
      if (record.keys.size > 1) fail(`I9 the keyed effect of ${taskId} has happened ${record.keys.size} times`);
    },
    /** The engine has refused a result. */
    refused: (taskId: string, { isForGood, status }: Refusal) => {
      const record = of(taskId);
      record.refusals++;
      // Of a request that it calls faulty, the reason may be another one on its way: that is tried three times.
      const allowed = (status === 500 ? 1 : 3) * (1 + record.granted);
      if (scenario.calm && isForGood && record.refusals > allowed)
        fail(`I9 the result of ${taskId} was reported ${record.refusals} times although nothing can change`);
    },
    /** People have granted more tries. */
    triesGranted: (taskId: string, tries: number) => {
      const record = of(taskId);
      isAnyGranted = true;
      record.granted += tries;
      record.lastRetries = tries;
      record.availableAt = time.now();
    },
    returned: (task: HeldTask) => {
      const record = of(task.id);
      record.returned++;
      record.unreportedOn = undefined;
      record.availableAt = time.now();
    },
    /** A handler came to its own end. @param undisturbedSince since then neither its process nor the engine stood still */
    handled: (taskId: string, process: string, undisturbedSince: number) => {
      const { holder, heldSince } = of(taskId);
      const since = time.now() - Math.max(heldSince, undisturbedSince);
      if (holder !== process && since > 2 * scenario.lockDurationMs)
        fail(`I3 the handler of ${taskId} went on ${Math.round(since)} ms after ${holder} got its task`);
    },
    held: (count: number) => {
      // A replaced poll may have been answered just before the engine forgot it.
      if (count > scenario.concurrency + scenario.maxTasks)
        fail(`I7 ${count} tasks held, ${scenario.concurrency} allowed`);
    },
    fetches: (open: number) => {
      if (open > 6) fail(`I7 ${open} fetches open`);
    },
    stopped: (workerId: string, state: string, locked: readonly FakeTask[], running: number) => {
      if (running > 0) fail(`I6 ${workerId} has ended with ${running} handlers running`);
      if (state === 'FAILED' && scenario.calm) fail(`I6 ${workerId} could not end in good order`);
      if (state === 'STOPPED') endedInOrder.add(workerId);
      const held = locked.filter(({ isResting }) => !isResting);
      if (state === 'STOPPED' && held.length > 0)
        fail(`I6 ${workerId} has ended and still holds ${held.map(({ id }) => id).join(', ')}`);
    },
    /** The last word: nothing that was started may be stuck. */
    ended: (tasks: Iterable<FakeTask>) => {
      for (const task of tasks) {
        if (task.state === 'open' && of(task.id).isKept)
          fail(`I9 the kept result of ${task.id} was never taken, although its cause is mended`);
        if (task.state === 'open' && task.retries !== 0) fail(`I1 ${task.id} neither ended nor became an incident`);
      }
    },
  };
}

export type Monitor = ReturnType<typeof createMonitor>;
