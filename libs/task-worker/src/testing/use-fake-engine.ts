import type { EngineClient } from '@procos/engine-client';
import type { LogFields, Logger } from '@procos/logging';
import { createMetrics } from '@procos/telemetry';
import { createFakeExternalTasks, createFakeTaskStore, type FakeTask } from '@procos/testing';
import { afterEach } from 'vitest';
import type { ServedTopic } from '../runtime/served-topic.ts';
import { createTopicWorker, type TaskWorker, type TopicWorkerOptions } from '../task-worker.ts';

type ExternalTasks = EngineClient['externalTasks'];

export interface LogLine extends LogFields {
  readonly level: string;
  readonly event: string;
}

export interface FakeEngine {
  readonly tasks: ExternalTasks;
  readonly store: ReturnType<typeof createFakeTaskStore>;
  readonly log: LogLine[];
  create(id: string, topic: string): FakeTask;
  /** Starts a worker. @param changed methods that the engine answers in another way */
  work(
    attempts: Readonly<Record<string, ServedTopic['attempt'] | ServedTopic>>,
    options?: Partial<TopicWorkerOptions>,
    changed?: Partial<ExternalTasks>,
  ): TaskWorker;
}

/** An engine in memory for each test, on the real clock; its workers are stopped after the test. */
export function useFakeEngine(): () => FakeEngine {
  const workers: TaskWorker[] = [];
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop(500)));
  });
  return () => {
    const store = createFakeTaskStore(Date.now);
    const tasks = createFakeExternalTasks(store);
    const log: LogLine[] = [];
    const retryPolicy = { retries: 2, backoffMs: 10, maxBackoffMs: 10, timeoutMs: 0 };
    return {
      tasks,
      store,
      log,
      create: (id, topic) => {
        const task = store.create(id, topic);
        tasks.created();
        return task;
      },
      work: (attempts, options = {}, changed = {}) => {
        const client = {
          externalTasks: { ...tasks, ...changed },
          forgetsSupersededFetches: async () => true,
        } as unknown as EngineClient;
        const topics = Object.entries(attempts).map(
          ([topic, served]): ServedTopic => (typeof served === 'function' ? { topic, attempt: served } : served),
        );
        const worker = createTopicWorker(
          {
            client,
            workerType: 'test-worker',
            logger: recordingLogger(log),
            metrics: createMetrics(),
            retryPolicy,
            ...options,
          },
          topics,
        );
        workers.push(worker);
        worker.start();
        return worker;
      },
    };
  };
}

function recordingLogger(log: LogLine[]): Logger {
  const write =
    (level: string) =>
    (event: string, fields: LogFields = {}) =>
      void log.push({ ...fields, level, event });
  const logger: Logger = {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    child: () => logger,
  };
  return logger;
}
