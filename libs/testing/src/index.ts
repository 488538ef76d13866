export { eventually } from './eventually.ts';
export { createProcessDriver } from './process-driver.ts';
export type { EndedInstance, ProcessDriver } from './process-driver.ts';
export type { TakenTask } from './process-driver-tasks.ts';
export { useProcessDriver } from './use-process-driver.ts';
export type { EngineUnderTest } from './vitest-context.ts';
