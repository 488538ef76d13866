import type { Command, WorkerEvent, WorkerState } from '../core/messages.ts';
import { createWorkerCore } from '../core/worker-core.ts';
import type { AttemptJournal } from '../journal/attempt-journal.ts';
import { answerOf } from './answer-of.ts';
import { createEngineActions } from './create-engine-actions.ts';
import type { EngineActions } from './engine-actions.ts';
import { createHandlerRuns } from './handler-runs.ts';
import { createLeaseRuns, type LeaseRuns } from './lease-runs.ts';
import { createOpenFetches, type OpenFetches } from './open-fetches.ts';
import { createWakeTimer, type WakeTimer } from './wake-timer.ts';
import type { RuntimeOptions } from './runtime-options.ts';

export interface WorkerRuntime {
  state(): WorkerState;
  held(): number;
  start(): void;
  /** @returns the state it ended in */
  stop(graceMs: number): Promise<WorkerState>;
}

/** Carries out what the core decides, and tells it what came of it. It decides nothing. */
export function createWorkerRuntime(options: RuntimeOptions): WorkerRuntime {
  const { client, workerId, topics, journal } = options;
  const { lockDurationMs } = options.core;
  const core = createWorkerCore(options.core);
  const engine = createEngineActions(client, workerId, lockDurationMs, Object.fromEntries(topics));
  const leases = createLeaseRuns(options, createHandlerRuns(workerId, lockDurationMs), dispatch);
  const stopped = Promise.withResolvers<WorkerState>();
  const timer = createWakeTimer(() => dispatch({ kind: 'timer' }));
  const fetches = createOpenFetches({
    engine,
    forgetsSuperseded: () => client.forgetsSupersededFetches(),
    dispatch,
    onTasks: (request, tasks) => {
      options.onFetched(tasks);
      dispatch({ kind: 'fetched', request, tasks: tasks.map(leases.take) });
    },
  });

  const perform = performer({ options, engine, leases, fetches, timer, dispatch, onEnd: stopped.resolve });

  function dispatch(event: WorkerEvent): void {
    const commands = core.handle(event, performance.now());
    noteAttempts(journal, commands, workerId);
    for (const command of commands) perform(command);
  }

  return {
    state: core.state,
    held: () => core.held(),
    start: () => dispatch({ kind: 'start', orphans: journal.takeOrphans() }),
    stop: (graceMs) => {
      dispatch({ kind: 'stop', graceMs });
      return stopped.promise;
    },
  };
}

interface RuntimeParts {
  readonly options: RuntimeOptions;
  readonly engine: EngineActions;
  readonly leases: LeaseRuns;
  readonly fetches: OpenFetches;
  readonly timer: WakeTimer;
  readonly dispatch: (event: WorkerEvent) => void;
  readonly onEnd: (state: WorkerState) => void;
}

function performer(parts: RuntimeParts): (command: Command) => void {
  const { options, engine, leases, fetches, timer, onEnd } = parts;
  return (command) => {
    switch (command.kind) {
      case 'wake':
        return timer.wakeAt(command.at);
      case 'fetch':
        return void fetches.send(command);
      case 'recheck':
        return void fetches.recheck(command.waitMs);
      case 'engineLost':
        return options.onFetchFailed(command.reason);
      case 'abortFetch':
        return fetches.abort(command.request);
      case 'abortFetches':
        return fetches.abortAll();
      case 'run':
        return void leases.run(command);
      case 'abort':
        return leases.abort(command);
      case 'leaseEnded':
        forgetKept(engine, command);
        return leases.end(command);
      case 'ended':
        timer.clear();
        fetches.end();
        options.journal.close();
        return onEnd(command.state);
      default:
        return void answerOf(engine, command).then((event) => takeAnswer(parts, event));
    }
  };
}

/** What was kept was emptied with the report; that a line of it stays in the history harms nobody. */
function forgetKept(engine: EngineActions, { task, end, outcome }: Extract<Command, { kind: 'leaseEnded' }>): void {
  if (end === 'accepted' && outcome !== undefined && outcome.kind !== 'failure' && outcome.wasKept === true)
    void engine.forgetKept(task);
}

function takeAnswer({ leases, options, dispatch }: RuntimeParts, event: WorkerEvent): void {
  if (event.kind === 'extended' && event.answer === 'kept') leases.extended(event.lease);
  if (event.kind === 'orphanReported' && event.answer === 'counted') options.journal.counted(event.taskId);
  dispatch(event);
}

/** Starts are in the journal before their handlers run. In the order of the commands: a lease may end and the next of its task begin in one go. */
function noteAttempts(journal: AttemptJournal, commands: readonly Command[], workerId: string): void {
  for (const command of commands) {
    if (command.kind === 'run') journal.started(command.task, workerId);
    else if (command.kind === 'leaseEnded') journal.ended(command.task.id, command.end);
  }
  if (commands.some(({ kind }) => kind === 'run')) journal.write();
}
