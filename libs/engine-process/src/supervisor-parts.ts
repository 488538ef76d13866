import type { EngineSupervisionSettings } from './engine-settings.ts';

/** Says what happens to the engine; names of events as in the reference kernel. */
export type PublishEngineEvent = (
  event: string,
  data?: Record<string, unknown>,
  level?: 'info' | 'warn' | 'error',
) => void;

/** What is counted of an engine. Names as in the reference kernel, and the restarts. */
export interface EngineCounters {
  health_checks_ok: number;
  health_checks_fail: number;
  /** Readiness checks while an engine starts. */
  camunda_wait_attempts: number;
  engine_restarts: number;
}

/** What is asked of an engine: `@procos/engine-client` answers it. */
export interface SupervisedEngine {
  /** True when the engine and its database answer. */
  isReady(): Promise<boolean>;
  /** What answers where the engine is expected. */
  presence(engineName: string): Promise<'engine' | 'nobody' | 'refused' | 'foreign'>;
}

/** What a supervisor works with. */
export interface SupervisorParts {
  readonly config: EngineSupervisionSettings;
  readonly engine: SupervisedEngine;
  /** Environment handed to a started engine. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly publish: PublishEngineEvent;
  readonly counters: EngineCounters;
  /** Told the process of each engine that is started. */
  readonly onEnginePid?: ((pid: number | undefined) => void) | undefined;
}
