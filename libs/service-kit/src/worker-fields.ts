import { type Config, integer, list, optional, text } from '@procos/config';
import { topicLimits } from './topic-limits.ts';

/** Settings of every task worker. Names as in the reference's environment. */
export function workerFields() {
  return { ...identityFields(), ...loadFields(), ...attemptFields() } as const;
}

/** As what a copy works. */
function identityFields() {
  return {
    workerType: optional(
      text('WORKER_TYPE', {
        doc: 'Kind of worker: a tag of its record in the directory. `generic`, `ai` and `system` are refused by a worker of another kind.',
      }),
    ),
    topics: optional(
      list('WORKER_TOPICS', {
        doc: 'Topics that this copy serves, comma-separated; without it all of its kind. One that the worker does not serve is refused at the start.',
      }),
    ),
    workerName: optional(
      text('WORKER_ID', { doc: 'Start of the worker id; what makes it unique per start is added.' }),
    ),
  } as const;
}

/** How much a copy takes on at once. */
function loadFields() {
  return {
    maxTasks: integer('WORKER_MAX_TASKS', {
      default: 64,
      min: 1,
      max: 1_000,
      doc: 'Tasks taken with one request to the engine.',
    }),
    concurrency: integer('WORKER_CONCURRENCY', {
      default: 1_024,
      min: 1,
      max: 10_000,
      doc: 'Tasks held at once, over all topics.',
    }),
    topicConcurrency: integer('WORKER_TOPIC_CONCURRENCY', {
      default: 128,
      min: 1,
      max: 10_000,
      doc: 'Tasks of one topic in work at once.',
    }),
    limits: topicLimits(),
  } as const;
}

/** How one task is kept, tried again and recognised. */
function attemptFields() {
  return {
    journalDir: text('WORKER_JOURNAL_DIR', {
      default: '.procos/journal',
      doc: 'Folder for the journal of attempts: by it a task that ended its worker is recognised after the restart.',
    }),
    lockDurationMs: integer('WORKER_LOCK_DURATION', {
      default: 5_000,
      min: 1_000,
      max: 3_600_000,
      doc: 'Lock of a task in milliseconds; extended at a third of it while the task is in work.',
    }),
    retryBackoffMs: integer('WORKER_RETRY_TIMEOUT', {
      default: 5_000,
      min: 1,
      max: 3_600_000,
      doc: 'Wait before the first retry in milliseconds; doubles with each retry.',
    }),
  } as const;
}

type WorkerSettings = Config<ReturnType<typeof workerFields>>;

/** The settings of {@link workerFields}, in the form the task worker takes. */
export function workerOptions({
  workerName,
  workerType: declaredType,
  topics,
  retryBackoffMs,
  ...config
}: WorkerSettings) {
  const { maxTasks, concurrency, topicConcurrency, limits, journalDir, lockDurationMs } = config;
  const chosen = {
    ...(workerName === undefined ? {} : { workerName }),
    ...(declaredType === undefined ? {} : { declaredType }),
    ...(topics === undefined ? {} : { topics }),
  };
  return {
    ...chosen,
    maxTasks,
    concurrency,
    topicConcurrency,
    limits,
    journalDir,
    lockDurationMs,
    retryPolicy: { backoffMs: retryBackoffMs },
  };
}
