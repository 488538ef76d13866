/**
 * For this repository alone.
 *
 * @packageDocumentation
 * @internal
 */
export { startEngineProcess } from './engine-process.ts';
export type { EngineProcess, EngineProcessOptions } from './engine-process.ts';
export { engineChecks } from './engine-checks.ts';
export type { EnvironmentCheck } from './engine-checks.ts';
export { readEngineHome } from './engine-home.ts';
export type { EngineHome } from './engine-home.ts';
export { engineSupervisionFields } from './engine-settings.ts';
export type { EngineSupervisionSettings } from './engine-settings.ts';
export { createEngineSupervisor } from './engine-supervisor.ts';
export type { EngineSupervisor } from './engine-supervisor.ts';
export { engineProcessErrors } from './errors.ts';
export type { EngineCounters, SupervisedEngine, SupervisorParts, PublishEngineEvent } from './supervisor-parts.ts';
