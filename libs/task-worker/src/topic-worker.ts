// The runtime without the contracts of topics, for libs that put the interface of another client on top of it.
export { createTopicWorker } from './task-worker.ts';
export { thrownResult } from './thrown-result.ts';
export type { HandlerResult, LeaseEnd, Outcome } from './core/messages.ts';
export type { ServedTopic } from './runtime/served-topic.ts';
