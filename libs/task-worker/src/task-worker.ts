import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { EngineClient } from '@procos/engine-client';
import type { Logger } from '@procos/logging';
import type { Metrics } from '@procos/telemetry';
import { type CoreOptions, defaultTopicConcurrency, type TopicLimits } from './core/options.ts';
import type { WorkerState } from './core/messages.ts';
import { createMemoryJournal, openAttemptJournal } from './journal/attempt-journal.ts';
import { chosenTasks } from './chosen-tasks.ts';
import { definedTopic } from './defined-topic.ts';
import type { TaskDefinition } from './define-task.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry-policy.ts';
import type { ServedTopic } from './runtime/served-topic.ts';
import { unkeepable } from './runtime/kept-result.ts';
import { createWorkerRuntime } from './runtime/worker-runtime.ts';
import type { RuntimeOptions } from './runtime/runtime-options.ts';
import { engineWatch, leaseLog } from './worker-log.ts';

export interface TaskWorkerOptions {
  readonly client: EngineClient;
  /** Type of the worker, for example `generic-worker`; metrics carry it. */
  readonly workerType: string;
  /** Start of the worker's id; what makes it unique per start is added. @default workerType */
  readonly workerName?: string;
  readonly tasks: readonly TaskDefinition[];
  /** Serve these topics of `tasks` only. @default all */
  readonly topics?: readonly string[];
  /** The kind of worker that whoever started it expects: `generic`, `ai` or `system`; anything else says nothing. */
  readonly declaredType?: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Tasks held at once, over all topics. @default 1024 */
  readonly concurrency?: number;
  /** Handlers of one topic at once, where `limits` says nothing else. @default 128 */
  readonly topicConcurrency?: number;
  /** Limits of single topics. */
  readonly limits?: Readonly<Record<string, TopicLimits>>;
  /** Tasks taken with one request. @default 64 */
  readonly maxTasks?: number;
  /** Lock length in milliseconds; extended at a third of it while a handler runs. @default 5000 */
  readonly lockDurationMs?: number;
  /**
   * Longest wait of a request for tasks, in milliseconds; 3 s at most while there is work, 6.5 s at an engine that does
   * not forget a worker's waiting request when it sends another. @default 21600
   */
  readonly longPollMs?: number;
  readonly retryPolicy?: Partial<RetryPolicy>;
  /** Folder for the journal of attempts, which outlives a killed process. @default no journal */
  readonly journalDir?: string;
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
  /**
   * Stops fetching, finishes or gives back what is in work, within the grace time. Called again, it waits for the same end; a shorter grace counts.
   *
   * @param graceMs default 10000
   */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Serves topics: one fetch for all of them, each task in a lease of its own.
 *
 * @throws WorkerChoiceError when a chosen topic is none of the tasks', or another kind of worker is expected
 */
export function createTaskWorker(options: TaskWorkerOptions): TaskWorker {
  const retryPolicy = { ...defaultRetryPolicy, ...options.retryPolicy };
  return createTopicWorker(
    { ...options, retryPolicy },
    chosenTasks(options).map((task) => definedTopic(task, retryPolicy, options.logger)),
  );
}

export type TopicWorkerOptions = Omit<TaskWorkerOptions, 'tasks' | 'topics' | 'declaredType' | 'retryPolicy'> & {
  readonly retryPolicy: RetryPolicy;
} & Partial<Pick<RuntimeOptions, 'onFetched' | 'onFetchFailed'>>;

/** What all workers have in common, whatever their handlers look like. */
export function createTopicWorker(options: TopicWorkerOptions, served: readonly ServedTopic[]): TaskWorker {
  const { workerType, workerName = workerType, logger, metrics } = options;
  const workerId = `${workerName}@${hostname()}/${randomUUID()}`;
  const topics = served.map(({ topic }) => topic);
  const watch = engineWatch(workerId, logger);
  const runtime = createWorkerRuntime(runtimeOptions(options, served, workerId, watch));
  const active = metrics.gauge('procos_active_workers', 'Workers that fetch tasks.', ['worker_type']);
  const stop = async (graceMs: number): Promise<void> => {
    const hasRun = runtime.state() === 'RUNNING';
    if (hasRun) active.set({ worker_type: workerType }, 0);
    const held = runtime.held();
    const state = await runtime.stop(graceMs);
    if (state === 'FAILED') logger.error('worker_drain_failed', { worker_id: workerId, held });
    else if (hasRun) logger.info('worker_stopped', { worker_id: workerId });
  };
  let stopping: Promise<void> | undefined;
  return {
    workerId,
    topics,
    state: runtime.state,
    inFlight: runtime.held,
    engineReachable: watch.reachable,
    start: () => {
      if (runtime.state() !== 'INITIALIZED') return;
      active.set({ worker_type: workerType }, 1);
      runtime.start();
      logger.info('worker_started', { worker_id: workerId, topics });
    },
    stop: (graceMs = 10_000) => {
      if (stopping !== undefined) void runtime.stop(graceMs);
      stopping ??= stop(graceMs);
      return stopping;
    },
  };
}

function runtimeOptions(
  options: TopicWorkerOptions,
  served: readonly ServedTopic[],
  workerId: string,
  watch: ReturnType<typeof engineWatch>,
): RuntimeOptions {
  const { client, workerType, workerName = workerType, logger, metrics, retryPolicy, journalDir } = options;
  return {
    client,
    workerId,
    topics: new Map(served.map((topic) => [topic.topic, topic])),
    core: coreOptions(options, served),
    retryPolicy,
    journal: journalDir === undefined ? createMemoryJournal() : openAttemptJournal(journalDir, workerName, logger),
    onLeaseEnded: leaseLog(workerType, logger, metrics),
    onFetched: (tasks) => {
      watch.answers();
      options.onFetched?.(tasks);
    },
    onFetchFailed: (reason) => {
      watch.fails(reason);
      options.onFetchFailed?.(reason);
    },
  };
}

function coreOptions(options: TopicWorkerOptions, served: readonly ServedTopic[]): CoreOptions {
  const { concurrency = 1_024, topicConcurrency = defaultTopicConcurrency, limits } = options;
  return {
    topics: Object.fromEntries(
      served.map(({ topic }) => [topic, { concurrency: topicConcurrency, ...limits?.[topic] }]),
    ),
    concurrency,
    maxTasks: options.maxTasks ?? 64,
    lockDurationMs: options.lockDurationMs ?? 5_000,
    longPollMs: options.longPollMs ?? 21_600,
    random: options.random ?? Math.random,
    unkeepable,
  };
}
