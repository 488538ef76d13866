export { defineTask } from './define-task.ts';
export type { Lease, TaskContext, TaskDefinition } from './define-task.ts';
export { createTaskWorker } from './task-worker.ts';
export type { TaskWorker, TaskWorkerOptions, WorkerState } from './task-worker.ts';
export { defaultRetryPolicy } from './retry-policy.ts';
export type { RetryPolicy } from './retry-policy.ts';
