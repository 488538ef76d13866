import type { Config } from '@procos/config';
import type { EngineClient } from '@procos/engine-client';
import type { EngineSupervisor, EnvironmentCheck } from '@procos/engine-process';
import type { EventBus } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import type { kernelFields } from './config.ts';
import type { KernelCounters, Publish } from './kernel-events.ts';

/** The six phases of a boot, in order. */
export const bootPhases = [
  'Environment Validation',
  'Start Engine',
  'Wait for Ready',
  'Deploy Processes',
  'Start Orchestrator',
  'Monitor System',
] as const;
export type BootPhase = (typeof bootPhases)[number];

export interface PhaseResult {
  readonly name: BootPhase;
  readonly ms: number;
  /** What the first phase has found. */
  readonly checks?: readonly EnvironmentCheck[];
}

/** Told at the start and at the end of each phase; `result` is set at the end. */
export type OnPhase = (name: BootPhase, result?: PhaseResult) => void;

export interface KernelDeps {
  readonly logger: Logger;
  readonly eventBus: EventBus;
  /** Environment handed to a started engine. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onPhase?: OnPhase;
  /** Told the process of each engine that is started. */
  readonly onEnginePid?: (pid: number | undefined) => void;
  /** Runs between the shutdown process and the end of the engine. */
  readonly beforeEngineStop?: () => Promise<void>;
}

/** What the phases work with. */
export interface KernelParts {
  readonly config: Config<typeof kernelFields>;
  readonly engine: EngineClient;
  readonly eventBus: EventBus;
  readonly supervisor: EngineSupervisor;
  readonly counters: KernelCounters;
  readonly publish: Publish;
  readonly onPhase: OnPhase;
}
