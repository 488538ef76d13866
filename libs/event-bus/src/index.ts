export type { EventBus, EventHandler } from './event-bus.ts';
export { createInMemoryEventBus } from './in-memory-event-bus.ts';
export type { InMemoryEventBusOptions } from './in-memory-event-bus.ts';
