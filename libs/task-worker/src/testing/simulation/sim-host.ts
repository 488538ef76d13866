import { createAttemptLedger } from '../../journal/attempt-ledger.ts';
import { placesOf, sharesOf } from '../../core/fetch-plan.ts';
import type { Command, HeldTask } from '../../core/messages.ts';
import type { CoreOptions } from '../../core/options.ts';
import { handlerResult, performOnEngine } from './sim-actions.ts';
import { longestTravelMs } from './sim-engine.ts';
import type { SimWorld, SimProcess } from './sim-world.ts';

export interface SimHost {
  start(): void;
  kill(): void;
  pause(ms: number): void;
  stop(graceMs: number): void;
  process(): SimProcess | undefined;
}

/** One for each activity instance: here, one execution runs one activity. */
const activityKey = ({ executionId, id }: HeldTask) => `${executionId}:${id}`;

/** A machine on which worker processes live one after another, with one journal. */
export function createSimHost(world: SimWorld, index: number): SimHost {
  const { scenario, engine, time, random, monitor, saboteur } = world;
  let ledger = createAttemptLedger();
  let boots = 0;
  let current: SimProcess | undefined;
  const fullAt = new Map<string, number>();
  const topics = Object.keys(scenario.limits);
  const shares = sharesOf({ concurrency: scenario.concurrency, topics: scenario.limits });

  function boot(): SimProcess {
    const name = `host-${index}/${++boots}`;
    const workerId = saboteur.workerId ?? name;
    const options: CoreOptions = {
      topics: saboteur.limits ?? scenario.limits,
      concurrency: scenario.concurrency,
      maxTasks: scenario.maxTasks,
      lockDurationMs: scenario.lockDurationMs,
      longPollMs: 21_600,
      random,
      unkeepable: (achieved) => (achieved.variables['isLarge'] === true ? 'it is too large' : undefined),
    };
    let wakeAt = Number.POSITIVE_INFINITY;
    const process: SimProcess = {
      workerId,
      name,
      core: saboteur.core(options),
      openFetches: new Map(),
      running: new Map(),
      leases: new Map(),
      alive: true,
      pausedUntil: 0,
      dispatch: (event) => {
        if (!process.alive) return;
        if (time.now() < process.pausedUntil)
          return void time.after(process.pausedUntil - time.now(), () => process.dispatch(event));
        if (event.kind === 'timer') wakeAt = Number.POSITIVE_INFINITY;
        const commands = process.core.handle(event, time.now());
        monitor.held(process.core.held());
        noteFull(process);
        for (const command of commands) perform(process, command);
      },
    };

    function perform(self: SimProcess, command: Command): void {
      switch (command.kind) {
        case 'wake':
          if (command.at < wakeAt) {
            wakeAt = command.at;
            time.after(command.at - time.now(), () => wakeAt <= time.now() && self.dispatch({ kind: 'timer' }));
          }
          return;
        case 'run':
          return run(self, command);
        case 'abort':
          self.running.get(command.lease)?.cancel();
          return void self.running.delete(command.lease);
        case 'leaseEnded':
          checkGivenUp(self, command);
          return ledger.ended(command.task.id, command.end);
        case 'ended':
          monitor.stopped(self.workerId, command.state, engine.store.lockedBy(self.workerId), self.running.size);
          self.alive = false;
          return;
        case 'engineLost':
          return;
        default:
          return performOnEngine(world, self, ledger, command);
      }
    }
    return process;
  }

  /** Topics that may take no place of the window now. */
  function noteFull({ core, openFetches }: SimProcess): void {
    // An engine that forgets no request may still fill the places of those that were replaced.
    const promised = scenario.forgetsSuperseded ? 0 : [...openFetches.values()].reduce((sum, count) => sum + count, 0);
    const places = placesOf(scenario.concurrency, shares, new Map(topics.map((topic) => [topic, core.held(topic)])));
    for (const topic of topics)
      if (core.held() + promised >= scenario.concurrency || places(topic) <= 0) fullAt.set(topic, time.now());
  }

  function run(self: SimProcess, { lease, task }: Extract<Command, { kind: 'run' }>): void {
    const scripted = scenario.tasks.find(({ id }) => id === task.id);
    if (scripted === undefined) return;
    if (saboteur.keepsJournal) ledger.started(task, self.workerId);
    const me = { process: self.name, lease };
    const sameTopic = [...self.running.values()].filter((other) => other.task.topic === task.topic).length + 1;
    monitor.ran(task, me, sameTopic, fullAt.get(task.topic) ?? 0);
    self.leases.set(lease, me);
    const step = scripted.script[Math.min((monitor.records.get(task.id)?.runs ?? 1) - 1, scripted.script.length - 1)];
    if (step === undefined) return;
    const end = () => {
      if (!self.alive) return;
      if (time.now() < self.pausedUntil) return void time.after(self.pausedUntil - time.now(), end);
      if (sameTopicIsFull(self, task.topic)) fullAt.set(task.topic, time.now());
      monitor.handled(task.id, self.name, Math.max(self.pausedUntil, engine.upSince()));
      if (self.running.delete(lease) && !self.leases.has(lease))
        monitor.fail(`I3 the handler of ${task.id} outlived its lease`);
      if (step.does === 'kill') return host.kill();
      const result = handlerResult(step.does, scripted);
      if (result.kind === 'complete' || result.kind === 'bpmnError')
        monitor.achieved(task.id, (saboteur.key ?? activityKey)(task, self.name));
      self.dispatch({ kind: 'handled', lease, result });
    };
    self.running.set(lease, { task, cancel: time.after(step.takesMs, end) });
  }

  function sameTopicIsFull(self: SimProcess, topic: string): boolean {
    const count = [...self.running.values()].filter(({ task }) => task.topic === topic).length;
    return count >= (scenario.limits[topic]?.concurrency ?? 0);
  }

  /** A lease that the engine still honours must not be given up while its outcome is known. */
  function checkGivenUp(
    self: SimProcess,
    { lease, task, end, outcome }: Extract<Command, { kind: 'leaseEnded' }>,
  ): void {
    self.leases.delete(lease);
    if (end === 'returned') monitor.returned(task);
    const held = engine.store.tasks.get(task.id);
    if ((end !== 'refused' && end !== 'gone') || outcome === undefined || held === undefined) return;
    // One that was given to this process anew while the answer was on its way is another lease.
    const isOlder = time.now() - (monitor.records.get(task.id)?.heldSince ?? 0) > longestTravelMs;
    const isMine =
      held.state === 'open' && held.workerId === self.workerId && (held.lockedUntil ?? 0) > time.now() && isOlder;
    if (isMine && monitor.records.get(task.id)?.lastRuns.get(self.name) === lease && held.retries === task.retries)
      monitor.fail(`I1 the outcome of ${task.id} was given up although the lease was held`);
  }

  const host: SimHost = {
    process: () => current,
    start: () => {
      current = boot();
      for (const topic of Object.keys(scenario.limits)) fullAt.set(topic, time.now());
      const orphans = saboteur.keepsJournal ? ledger.takeOrphans() : [];
      current.dispatch({ kind: 'start', orphans });
      if (scenario.forgetsSuperseded) current.dispatch({ kind: 'engineKnown', forgetsSuperseded: true });
    },
    kill: () => {
      if (current === undefined || !current.alive) return;
      current.alive = false;
      for (const { cancel } of current.running.values()) cancel();
      if (!saboteur.keepsJournal) ledger = createAttemptLedger();
      time.after(100 + random() * 2_000, host.start);
    },
    pause: (ms) => {
      if (current !== undefined) current.pausedUntil = time.now() + ms;
    },
    stop: (graceMs) => {
      current?.dispatch({ kind: 'stop', graceMs });
      const stopped = current;
      time.after(graceMs + 10_000, () => {
        if (stopped?.alive === true && time.now() - stopped.pausedUntil > graceMs + 1_000)
          monitor.fail(`I6 ${stopped.workerId} has not ended in time`);
        if (current !== stopped) return;
        if (stopped !== undefined) stopped.alive = false;
        host.start();
      });
    },
  };
  return host;
}
