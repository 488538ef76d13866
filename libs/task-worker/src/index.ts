/**
 * For people who build on ProcOS: what changes here changes for them.
 *
 * @packageDocumentation
 * @public
 */
export { defineTask } from './define-task.ts';
export type { Lease, TaskContext, TaskDefinition } from './define-task.ts';
export { createTaskWorker } from './task-worker.ts';
export type { TaskWorker, TaskWorkerOptions } from './task-worker.ts';
export type { TopicLimits } from './core/options.ts';
export type { WorkerState } from './core/messages.ts';
export { defaultRetryPolicy } from './retry-policy.ts';
export type { RetryPolicy } from './retry-policy.ts';
export { unreadableVariable } from './unreadable-variable.ts';
