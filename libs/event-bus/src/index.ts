export type { ConsumeOptions, DeadLetter, DeadLetters, EventBus, EventHandler, Unsubscribe } from './event-bus.ts';
export { EventRefusedError, NotConnectedError, RejectEventError } from './errors.ts';
export { createInMemoryEventBus } from './in-memory-event-bus.ts';
export type { InMemoryEventBusOptions } from './in-memory-event-bus.ts';
export { queueName } from './queue-name.ts';
export { createRabbitMqEventBus } from './rabbitmq-event-bus.ts';
export type { BrokerState, RabbitMqEventBusOptions } from './rabbitmq/broker-options.ts';
