import type { Config } from '@procos/config';
import type { EngineClient } from '@procos/engine-client';
import type { EventBus } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import type { kernelFields } from './config.ts';
import type { KernelCounters, Tell } from './kernel-events.ts';

/** The six phases of a boot, in order. */
export const bootPhases = ['Environment Validation', 'Start Engine', 'Wait for Ready', 'Deploy Processes', 'Start Orchestrator', 'Monitor System'] as const;
export type BootPhase = (typeof bootPhases)[number];

export interface PhaseResult {
  readonly name: BootPhase;
  readonly ms: number;
}

/** Told at the start and at the end of each phase; `ms` is set at the end. */
export type OnPhase = (name: BootPhase, ms?: number) => void;

export interface EngineSupervisor {
  /** Process of the engine; `undefined` when the kernel did not start it. */
  pid(): number | undefined;
  /** Starts the engine unless one answers already. */
  startUnlessRunning(): Promise<{ alreadyRunning: boolean }>;
  /** @throws ProcosError when the engine ends or takes too long */
  waitUntilReady(): Promise<void>;
  /** Watches the engine until stopped; restarts it when the kernel started it. @param whenWell runs after each check that finds it well */
  monitor(whenWell: () => Promise<void>): void;
  /** Ends the watching: from now on what ends is meant to end. */
  unwatch(): void;
  stop(): Promise<void>;
  kill(): void;
}

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
  readonly supervisor: EngineSupervisor;
  readonly counters: KernelCounters;
  readonly env: KernelDeps['env'];
  readonly tell: Tell;
  readonly onPhase: OnPhase;
}
