export { eventually } from './eventually.ts';
export { createProcessDriver } from './process-driver.ts';
export type { ProcessDriver } from './process-driver.ts';
export type { EndedInstance } from './process-driver-observer.ts';
export type { TakenTask } from './process-driver-tasks.ts';
export { useProcessDriver } from './use-process-driver.ts';
export type { EngineUnderTest } from './vitest-context.ts';
