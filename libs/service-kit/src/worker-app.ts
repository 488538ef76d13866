import type { Logger } from '@procos/logging';
import type { Metrics } from '@procos/telemetry';
import type { App } from './app.ts';
import { createHttpService } from './http-service.ts';

/** What this library needs to know of a task worker. */
export interface ServedWorker {
  readonly workerId: string;
  readonly topics: readonly string[];
  state(): string;
  inFlight(): number;
  engineReachable(): boolean;
  start(): void;
  stop(): Promise<void>;
}

export interface WorkerAppOptions {
  readonly name: string;
  readonly config: {
    readonly host: string;
    readonly port: number;
    readonly allowedHosts: readonly string[];
    readonly allowedOrigins: readonly string[];
  };
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly worker: ServedWorker;
  /** Closes what the worker uses, after it has stopped. */
  readonly close?: () => Promise<void>;
}

/** A service whose work is a task worker: its life cycle is shown on `/readyz`. */
export function createWorkerApp({ name, config, logger, metrics, worker, close }: WorkerAppOptions): App {
  const { host, port, allowedHosts, allowedOrigins } = config;
  const http = createHttpService({
    name,
    host,
    port,

    allowedHosts,
    allowedOrigins,
    logger,
    metrics,
    readiness: () => ({
      ready: worker.state() === 'RUNNING' && worker.engineReachable(),
      details: {
        state: worker.state(),
        worker_id: worker.workerId,
        topics: worker.topics,
        in_flight: worker.inFlight(),
        engine_reachable: worker.engineReachable(),
      },
    }),
  });
  return {
    name,
    url: http.url,
    start: async () => {
      await http.start();
      worker.start();
    },
    stop: async () => {
      await worker.stop();
      await http.stop();
      await close?.();
    },
  };
}
