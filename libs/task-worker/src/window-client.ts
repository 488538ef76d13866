import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'camunda-external-task-client-js';
import type { EngineClient, LockedTask } from '@procos/engine-client';

export interface WindowOptions {
  readonly workerId: string;
  /** Tasks in work at once. */
  readonly concurrency: number;
  /** Tasks taken with one request. */
  readonly maxTasks: number;
  readonly lockDurationMs: number;
  /** How long the engine may hold a request open when there is nothing to do, in milliseconds. */
  readonly longPollMs: number;
}

/** Works on one task; must not throw. */
export type Execute = (task: LockedTask) => Promise<void>;

/**
 * The official external-task client with its polling replaced: a new request as soon as a place is free, long polling
 * in between and no fixed interval. (The official loop waits 300 ms after every request.)
 */
export class WindowClient extends Client {
  readonly #engine: EngineClient;
  readonly #window: WindowOptions;
  readonly #execute: Execute;
  readonly #inFlight = new Set<string>();
  #fetch = new AbortController();
  #loop: Promise<void> | undefined;
  #retryDueAt = Number.POSITIVE_INFINITY;

  constructor(engine: EngineClient, window: WindowOptions, execute: Execute) {
    super({
      baseUrl: engine.baseUrl,
      workerId: window.workerId,
      maxTasks: window.maxTasks,
      lockDuration: window.lockDurationMs,
      autoPoll: false,
    });
    this.#engine = engine;
    this.#window = window;
    this.#execute = execute;
    // Every task in work may wait for a free place.
    this.setMaxListeners(0);
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** The engine sends no signal when a retry falls due: ask again then. */
  expectRetry(inMs: number): void {
    this.#retryDueAt = Math.min(this.#retryDueAt, performance.now() + inMs);
  }

  override poll(): Promise<void> {
    this.#loop ??= this.#pollUntilStopped();
    return this.#loop;
  }

  override async executeTask(task: LockedTask): Promise<void> {
    this.#inFlight.add(task.id);
    try {
      await this.#execute(task);
    } finally {
      this.#inFlight.delete(task.id);
      this.emit('window:free');
    }
  }

  /** Stops fetching, waits for what is in work, then gives back what the engine locked in between. */
  async drain(graceMs: number): Promise<void> {
    super.stop();
    this.emit('window:free');
    await this.#supersedePendingFetch();
    await Promise.race([this.#loop, delay(this.#window.longPollMs + 1_000, undefined, { ref: false })]);
    this.#fetch.abort();
    await this.#loop;
    await this.#settled(graceMs);
    const ghosts = await this.#engine.externalTasks.list({ workerId: this.#window.workerId, locked: true });
    await this.#giveBack(ghosts.filter(({ id }) => !this.#inFlight.has(id)));
  }

  /**
   * A long poll whose client is gone still locks the next task. An engine that allows one request per worker
   * forgets the pending one as soon as another arrives; others go on with it until its time is up, and `drain` waits for that.
   */
  async #supersedePendingFetch(): Promise<void> {
    const nothing = { topicName: 'procos.nothing', lockDuration: 1_000 };
    await this.#engine.externalTasks.fetchAndLock({ workerId: this.#window.workerId, maxTasks: 1, topics: [nothing], waitMs: 1 });
  }

  async #giveBack(tasks: readonly { readonly id: string }[]): Promise<void> {
    await Promise.allSettled(tasks.map(({ id }) => this.#engine.externalTasks.unlock(id)));
  }

  async #settled(graceMs: number): Promise<void> {
    const signal = AbortSignal.timeout(Math.max(1, graceMs));
    while (this.#inFlight.size > 0 && !signal.aborted) {
      await Promise.race([once(this, 'window:free'), delay(50)]);
    }
  }

  async #pollUntilStopped(): Promise<void> {
    let failures = 0;
    while (this._isPollAllowed) {
      const free = this.#window.concurrency - this.#inFlight.size;
      if (free <= 0) {
        await once(this, 'window:free');
        continue;
      }
      try {
        const tasks = await this.#fetchTasks(free);
        this.emit('poll:success', tasks);
        if (!this._isPollAllowed) return await this.#giveBack(tasks);
        for (const task of tasks) void this.executeTask(task);
        failures = 0;
      } catch (thrown) {
        if (!this._isPollAllowed) return;
        failures++;
        this.emit('poll:error', thrown);
        await delay(Math.min(5_000, 100 * 2 ** failures), undefined, { signal: this.#fetch.signal }).catch(() => undefined);
      }
    }
  }

  async #fetchTasks(free: number): Promise<readonly LockedTask[]> {
    this.#fetch = new AbortController();
    const now = performance.now();
    const waitMs = Math.max(0, Math.min(this.#window.longPollMs, this.#retryDueAt - now));
    if (this.#retryDueAt <= now) this.#retryDueAt = Number.POSITIVE_INFINITY;
    return this.#engine.externalTasks.fetchAndLock({
      workerId: this.#window.workerId,
      maxTasks: Math.min(free, this.#window.maxTasks),
      topics: Object.entries(this.topicSubscriptions).map(([topicName, { lockDuration, variables }]) => ({
        topicName,
        lockDuration,
        ...(variables === undefined ? {} : { variables }),
      })),
      ...(waitMs < 1 ? {} : { waitMs: Math.ceil(waitMs) }),
      signal: this.#fetch.signal,
    });
  }
}
