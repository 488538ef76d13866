import { createEngineClient, type EngineClient } from '@procos/engine-client';
import { silentLogger } from '@procos/logging';
import { defaultRetryPolicy, type TaskWorker } from '@procos/task-worker';
import { createTopicWorker } from '@procos/task-worker/topic-worker';
import { createMetrics } from '@procos/telemetry';
import {
  OfficialClient,
  type OfficialHandler,
  type OfficialOptions,
  type OfficialTopicSubscription,
} from './official-package.ts';
import { emit } from './official-attempt.ts';
import { createTaskService, type OfficialAttempts } from './official-task-service.ts';
import { officialTopic } from './official-topic.ts';

/** A day: what is in work when its topic is unsubscribed is finished, however long it takes. */
const leavingMs = 86_400_000;

/**
 * The official client of Camunda 7 with the runtime of this library behind it: existing handlers, subscriptions and
 * options are used unchanged. What differs: a handler that throws is reported to the engine, locks are extended by
 * themselves, `workerId` is the start of an id that is unique per process, `interval` means nothing (there is none), and
 * `stop` waits for what is in work.
 *
 * Source: documentation of camunda-external-task-client-js 3.1.
 */
export class Client extends OfficialClient {
  readonly #client: EngineClient;
  #workers: { readonly topics: readonly string[]; readonly worker: TaskWorker }[] = [];
  #isRunning = false;
  #hasWarned = false;
  readonly #attempts: OfficialAttempts = new Map();
  /** Groups that were given up and still finish what they have in work. */
  readonly #leaving = new Set<TaskWorker>();
  readonly #subscribeAtBase: OfficialClient['subscribe'];

  /** @throws Error when `baseUrl` is missing or an interceptor does more than basic authentication */
  constructor(options: OfficialOptions) {
    super({ ...options, autoPoll: false });
    this.#subscribeAtBase = this.subscribe;
    this.#client = createEngineClient({ baseUrl: options.baseUrl, ...basicAuth(options.interceptors) });
    this.taskService = createTaskService(this.#attempts, this.#client);
    // The base class binds its own methods to the instance as it is made.
    this.start = this.#start;
    this.stop = this.#stop;
    this.subscribe = this.#subscribe;
    if (options.autoPoll !== false) this.#start();
  }

  declare stop: () => Promise<void>;

  #subscribe = (
    topic: string,
    options: Record<string, unknown> | OfficialHandler,
    handler?: OfficialHandler,
  ): OfficialTopicSubscription => {
    const subscription = this.#subscribeAtBase(topic, options, handler);
    if (this.#isRunning) this.#serveSoon();
    const unsubscribe = () => {
      subscription.unsubscribe();
      void this.#leave(topic);
    };
    return { ...subscription, unsubscribe };
  };

  #start = (): void => {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.emit('poll:start');
    this.#serveSoon();
  };

  /** Stops fetching and finishes or gives back what is in work. */
  #stop = async (): Promise<void> => {
    this.#isRunning = false;
    this.emit('poll:stop');
    const workers = [...this.#workers.splice(0).map(({ worker }) => worker), ...this.#leaving];
    await Promise.all(workers.map((worker) => worker.stop()));
  };

  /** Subscriptions made in one go are served together, with one fetch. */
  #serveSoon(): void {
    queueMicrotask(() => {
      if (this.#isRunning) this.#serve();
    });
  }

  #serve(): void {
    const served = new Set(this.#workers.flatMap(({ topics }) => topics));
    const topics = Object.keys(this.topicSubscriptions).filter((topic) => !served.has(topic));
    if (topics.length === 0) return;
    const { workerId, maxTasks, maxParallelExecutions, lockDuration, asyncResponseTimeout } = this.options;
    const worker = createTopicWorker(
      {
        client: this.#client,
        workerType: 'official-client',
        logger: silentLogger,
        metrics: createMetrics(),
        retryPolicy: defaultRetryPolicy,
        onFetched: (tasks) => emit(this, 'poll:success', tasks),
        onFetchFailed: (reason) => this.#reportFailure(reason),
        ...(workerId === undefined ? {} : { workerName: workerId }),
        ...(maxTasks === undefined ? {} : { maxTasks }),
        ...(maxParallelExecutions === undefined
          ? {}
          : { concurrency: maxParallelExecutions, topicConcurrency: maxParallelExecutions }),
        ...(lockDuration === undefined ? {} : { lockDurationMs: lockDuration }),
        ...(asyncResponseTimeout === undefined ? {} : { longPollMs: asyncResponseTimeout }),
      },
      topics.flatMap((topic) => {
        const subscription = this.topicSubscriptions[topic];
        return subscription === undefined
          ? []
          : officialTopic(topic, subscription, {
              client: this.#client,
              events: this,
              engineService: this.engineService,
              attempts: this.#attempts,
            });
      }),
    );
    this.#workers.push({ topics, worker });
    worker.start();
  }

  /** As the official client does; where nobody listens, a wrong password or an engine that is away must not stay unseen. */
  #reportFailure(reason: unknown): void {
    if (this.listenerCount('poll:error') > 0) return emit(this, 'poll:error', reason);
    if (!this.#hasWarned) process.emitWarning(`Polling failed with ${String(reason)}`, 'OfficialClientWarning');
    this.#hasWarned = true;
  }

  /** The topics that are left get a worker without the one that is given up. */
  async #leave(topic: string): Promise<void> {
    const group = this.#workers.find(({ topics }) => topics.includes(topic));
    if (group === undefined) return;
    this.#workers = this.#workers.filter((other) => other !== group);
    this.#serveSoon();
    this.#leaving.add(group.worker);
    await group.worker.stop(leavingMs);
    this.#leaving.delete(group.worker);
  }
}

/** Interceptors change requests of the official client's own HTTP library; of these, credentials are what matters here. */
function basicAuth(interceptors: OfficialOptions['interceptors']): { user?: string; password?: string } {
  let headers: Readonly<Record<string, string>> = {};
  for (const intercept of [interceptors ?? []].flat()) headers = intercept({ headers }).headers ?? headers;
  const { Authorization: authorization, ...others } = headers;
  if (Object.keys(others).length > 0 || (authorization !== undefined && !authorization.startsWith('Basic '))) {
    throw new Error(
      'Only the BasicAuthInterceptor can be used with this client; connect to other engines through a proxy that adds their headers',
    );
  }
  if (authorization === undefined) return {};
  const [user = '', ...rest] = Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':');
  return { user, password: rest.join(':') };
}
