import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { traceparentVariable } from '@procos/contracts';
import type { EngineClient, LockedTask } from '@procos/engine-client';
import { messageOf } from '@procos/errors';
import type { Logger } from '@procos/logging';
import type { Metrics } from '@procos/telemetry';
import { fetchedVariables, type TaskDefinition } from './define-task.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry-policy.ts';
import { runTask, type TaskResult, type TaskRuntime } from './run-task.ts';
import { WindowClient } from './window-client.ts';

/** Life of a worker. Only RUNNING fetches. */
export type WorkerState = 'INITIALIZED' | 'RUNNING' | 'DRAINING' | 'STOPPED' | 'FAILED';

export interface TaskWorkerOptions {
  readonly client: EngineClient;
  /** Type of the worker, for example `generic-worker`; metrics carry it. */
  readonly workerType: string;
  /** Start of the worker's id; what makes it unique per start is added. @default workerType */
  readonly workerName?: string;
  readonly tasks: readonly TaskDefinition[];
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Tasks in work at once. @default 256 */
  readonly concurrency?: number;
  /** Tasks taken with one request. @default 10 */
  readonly maxTasks?: number;
  /** Lock length in milliseconds; extended at a third of it while a handler runs. @default 15000 */
  readonly lockDurationMs?: number;
  /** @default 5000 */
  readonly longPollMs?: number;
  readonly retryPolicy?: Partial<RetryPolicy>;
  /** Source of jitter, a number in [0, 1). @default Math.random */
  readonly random?: () => number;
}

export interface TaskWorker {
  readonly workerId: string;
  readonly topics: readonly string[];
  state(): WorkerState;
  inFlight(): number;
  /** Whether the engine answered the last request for tasks. */
  engineReachable(): boolean;
  start(): void;
  /** Stops fetching, finishes or gives back what is in work, within the grace time. @param graceMs default 10000 */
  stop(graceMs?: number): Promise<void>;
}

const durationBuckets = [0.1, 0.5, 1, 2, 5, 10, 30, 60];

/** Serves topics: one fetch for all of them, each task in a lease of its own. */
export function createTaskWorker(options: TaskWorkerOptions): TaskWorker {
  const { client, workerType, tasks, logger, metrics, lockDurationMs = 15_000, random = Math.random } = options;
  const workerId = `${options.workerName ?? workerType}@${hostname()}/${randomUUID()}`;
  const hardStop = new AbortController();
  const runtime = { client, workerId, lockDurationMs, retryPolicy: { ...defaultRetryPolicy, ...options.retryPolicy }, logger, random };
  const active = metrics.gauge('procos_active_workers', 'Workers that fetch tasks.', ['worker_type']);
  const execute = executor(options, runtime, hardStop.signal);
  const { concurrency = 256, maxTasks = 10, longPollMs = 5_000 } = options;
  const window: WindowClient = new WindowClient(client, { workerId, concurrency, maxTasks, lockDurationMs, longPollMs }, (task) => execute(task, window));
  subscribeAll(window, tasks, lockDurationMs);
  const reachable = watchEngine(window, logger, workerId);
  let state: WorkerState = 'INITIALIZED';
  const topics = tasks.map(({ contract }) => contract.topic);

  return {
    workerId,
    topics,
    state: () => state,
    inFlight: () => window.inFlight,
    engineReachable: reachable,
    start: () => {
      if (state !== 'INITIALIZED') return;
      state = 'RUNNING';
      active.set({ worker_type: workerType }, 1);
      window.start();
      logger.info('worker_started', { worker_id: workerId, topics });
    },
    stop: async (graceMs = 10_000) => {
      if (state !== 'RUNNING') return;
      state = 'DRAINING';
      active.set({ worker_type: workerType }, 0);
      const giveUp = setTimeout(() => hardStop.abort(), graceMs * 0.8);
      state = await drained(window, graceMs, logger, workerId);
      clearTimeout(giveUp);
    },
  };
}

/** Works on one task and writes down how it went. Never throws: a task whose outcome cannot be told comes back when its lock ends. */
function executor({ workerType, tasks, logger, metrics }: TaskWorkerOptions, runtime: TaskRuntime, hardStop: AbortSignal) {
  const byTopic = new Map(tasks.map((task) => [task.contract.topic, task]));
  const help = 'Time from the start of a task to its reported outcome.';
  const duration = metrics.histogram('procos_external_task_duration_seconds', help, ['task_topic', 'worker_type', 'outcome'], durationBuckets);
  return async (task: LockedTask, window: WindowClient) => {
    const definition = byTopic.get(task.topicName);
    if (definition === undefined) return;
    try {
      const result = await runTask(runtime, definition, task, hardStop);
      const { outcome, durationMs } = result;
      if (outcome.kind === 'failure' && outcome.retries > 0) window.expectRetry(outcome.retryInMs);
      duration.observe({ task_topic: task.topicName, worker_type: workerType, outcome: outcome.kind }, durationMs / 1_000);
      logResult(logger, task, result);
    } catch (thrown) {
      const { topicName: topic, id, processInstanceId } = task;
      logger.error('task_outcome_not_reported', { topic, task_id: id, process_instance_id: processInstanceId, error: messageOf(thrown) });
    }
  };
}

/** The window client executes by itself; a subscription only tells which topics and variables are fetched. */
function subscribeAll(window: WindowClient, tasks: readonly TaskDefinition[], lockDuration: number): void {
  for (const { contract } of tasks) {
    const names = fetchedVariables(contract);
    const variables = names === undefined ? {} : { variables: [...names, traceparentVariable] };
    window.subscribe(contract.topic, { lockDuration, ...variables }, () => undefined);
  }
}

/** Whether the engine answered the last request for tasks. */
function watchEngine(window: WindowClient, logger: Logger, workerId: string): () => boolean {
  let reachable = true;
  window.on('poll:error', (thrown) => {
    if (reachable) logger.warn('worker_fetch_failed', { worker_id: workerId, error: messageOf(thrown) });
    reachable = false;
  });
  window.on('poll:success', () => {
    reachable = true;
  });
  return () => reachable;
}

async function drained(window: WindowClient, graceMs: number, logger: Logger, workerId: string): Promise<'STOPPED' | 'FAILED'> {
  try {
    await window.drain(graceMs);
    logger.info('worker_stopped', { worker_id: workerId });
    return 'STOPPED';
  } catch (thrown) {
    logger.error('worker_drain_failed', { worker_id: workerId, error: messageOf(thrown) });
    return 'FAILED';
  }
}

function logResult(logger: Logger, task: LockedTask, { outcome, report, durationMs }: TaskResult): void {
  const fields = { topic: task.topicName, task_id: task.id, process_instance_id: task.processInstanceId, duration_ms: Math.round(durationMs) };
  if (report === 'refused') logger.warn('task_lease_lost', fields);
  else if (outcome.kind === 'complete') logger.info('task_completed', fields);
  else if (outcome.kind === 'bpmnError') logger.info('task_bpmn_error', { ...fields, error_code: outcome.code });
  else logger[outcome.isBug ? 'error' : 'warn']('task_failed', { ...fields, retries: outcome.retries, error: outcome.message });
}
