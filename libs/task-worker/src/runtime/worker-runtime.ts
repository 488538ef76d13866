import type { EngineClient, LockedTask } from '@procos/engine-client';
import type { Command, HeldTask, LeaseEnd, Outcome, WorkerEvent, WorkerState } from '../core/messages.ts';
import type { CoreOptions } from '../core/options.ts';
import { createWorkerCore } from '../core/worker-core.ts';
import type { AttemptJournal } from '../journal/attempt-journal.ts';
import { thrownResult } from '../thrown-result.ts';
import { type RetryPolicy, retryPolicyOf } from '../retry-policy.ts';
import { createEngineActions, type EngineActions } from './engine-actions.ts';
import { createHandlerRuns } from './handler-runs.ts';
import type { ServedTopic } from './served-topic.ts';
import { createWakeTimer } from './wake-timer.ts';

export interface LeaseReport {
  readonly task: LockedTask;
  readonly end: LeaseEnd;
  readonly outcome: Outcome | undefined;
  readonly durationMs: number;
}

export interface RuntimeOptions {
  readonly client: EngineClient;
  readonly workerId: string;
  readonly topics: ReadonlyMap<string, ServedTopic>;
  readonly core: CoreOptions;
  readonly retryPolicy: RetryPolicy;
  readonly journal: AttemptJournal;
  readonly onLeaseEnded: (report: LeaseReport) => void;
  /** Whether the engine answered the last request for tasks. */
  readonly onEngine: (reachable: boolean, reason?: unknown) => void;
}

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
  const runs = createHandlerRuns(workerId, lockDurationMs);
  const fetches = new Map<number, AbortController>();
  const locked = new Map<string, LockedTask>();
  const stopped = Promise.withResolvers<WorkerState>();
  const timer = createWakeTimer(() => dispatch({ kind: 'timer' }));
  let knowsEngine = false;

  function dispatch(event: WorkerEvent): void {
    const commands = core.handle(event, performance.now());
    journal.started(commands.filter((command) => command.kind === 'run').map(({ task }) => task), workerId);
    for (const command of commands) perform(command);
  }

  function perform(command: Command): void {
    switch (command.kind) {
      case 'wake':
        return timer.wakeAt(command.at);
      case 'fetch':
        return void fetch(command);
      case 'abortFetch':
        return abortFetch(command.request);
      case 'abortFetches':
        return [...fetches.keys()].forEach(abortFetch);
      case 'run':
        return void run(command);
      case 'abort':
        return runs.abort(command.lease, command.reason);
      case 'leaseEnded':
        return leaseEnded(command);
      case 'reportOrphan':
        return void reportOrphan(command);
      case 'ended':
        timer.clear();
        journal.close();
        return stopped.resolve(command.state);
      default:
        return void answerOf(engine, command).then((event) => {
          if (event.kind === 'extended' && event.answer === 'kept') runs.extended(event.lease);
          dispatch(event);
        });
    }
  }

  async function fetch(command: Extract<Command, { kind: 'fetch' }>): Promise<void> {
    const controller = new AbortController();
    fetches.set(command.request, controller);
    try {
      const tasks = await engine.fetch(command, controller.signal);
      if (!fetches.delete(command.request)) return;
      options.onEngine(true);
      if (!knowsEngine) void learnEngine();
      for (const task of tasks) locked.set(task.id, task);
      dispatch({ kind: 'fetched', request: command.request, tasks: tasks.map(heldTask) });
    } catch (thrown) {
      if (!fetches.delete(command.request)) return;
      options.onEngine(false, thrown);
      dispatch({ kind: 'fetchFailed', request: command.request });
    }
  }

  async function reportOrphan(command: Extract<Command, { kind: 'reportOrphan' }>): Promise<void> {
    const taskId = command.orphan.task.id;
    const isCounted = await engine.reportOrphan(command);
    if (isCounted) journal.counted(taskId);
    const retryInMs = command.outcome.kind === 'failure' ? command.outcome.retryInMs : 0;
    dispatch({ kind: 'orphanReported', taskId, retryInMs, isCounted });
  }

  function abortFetch(request: number): void {
    const controller = fetches.get(request);
    fetches.delete(request);
    controller?.abort();
  }

  async function learnEngine(): Promise<void> {
    knowsEngine = true;
    try {
      dispatch({ kind: 'engineKnown', forgetsSuperseded: await client.forgetsSupersededFetches() });
    } catch {
      // Asked again after the next fetch.
      knowsEngine = false;
    }
  }

  function heldTask(task: LockedTask): HeldTask {
    const policy = retryPolicyOf(task.extensionProperties ?? {}, options.retryPolicy);
    return { id: task.id, topic: task.topicName, retries: task.retries, policy, crashes: journal.crashesOf(task.id) };
  }

  async function run({ lease, task, attempt }: Extract<Command, { kind: 'run' }>): Promise<void> {
    const [topic, lockedTask] = [topics.get(task.topic), locked.get(task.id)];
    const isServed = topic !== undefined && lockedTask !== undefined;
    const result = isServed ? await runs.start(lease, topic, lockedTask, attempt) : thrownResult(new Error(`Nothing serves topic ${task.topic}`));
    dispatch({ kind: 'handled', lease, result });
  }

  function leaseEnded({ lease, task, end, outcome }: Extract<Command, { kind: 'leaseEnded' }>): void {
    journal.ended(task.id);
    const lockedTask = locked.get(task.id);
    locked.delete(task.id);
    const durationMs = runs.end(lease);
    topics.get(task.topic)?.ended?.(task.id, end);
    if (lockedTask !== undefined) options.onLeaseEnded({ task: lockedTask, end, outcome, durationMs });
  }

  return {
    state: core.state,
    held: core.held,
    start: () => dispatch({ kind: 'start', orphans: journal.takeOrphans() }),
    stop: (graceMs) => {
      dispatch({ kind: 'stop', graceMs });
      return stopped.promise;
    },
  };
}

type AskingCommand = Extract<Command, { kind: 'recallFetches' | 'extend' | 'relock' | 'inspect' | 'report' | 'unlock' | 'listLocks' }>;

async function answerOf(engine: EngineActions, command: AskingCommand): Promise<WorkerEvent> {
  switch (command.kind) {
    case 'recallFetches':
      return { kind: 'recalled', done: await engine.recall() };
    case 'extend':
      return { kind: 'extended', lease: command.lease, answer: await engine.extend(command.taskId) };
    case 'relock':
      return { kind: 'extended', lease: command.lease, answer: await engine.relock(command.taskId) };
    case 'inspect':
      return { kind: 'inspected', lease: command.lease, holder: await engine.inspect(command.taskId) };
    case 'report':
      return { kind: 'reported', lease: command.lease, ...(await engine.report(command.taskId, command.outcome)) };
    case 'unlock':
      return { kind: 'unlocked', taskId: command.taskId, done: await engine.unlock(command.taskId) };
    case 'listLocks':
      return { kind: 'listed', listing: command.listing, taskIds: await engine.listLocks() };
  }
}
