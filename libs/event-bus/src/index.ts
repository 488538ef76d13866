/**
 * For people who build on ProcOS: what changes here changes for them.
 *
 * @packageDocumentation
 * @public
 */
export type {
  BrokerFacts,
  ConsumeOptions,
  DeadLetter,
  DeadLetters,
  Delivery,
  EventBus,
  EventHandler,
  SubscribeOptions,
  Unsubscribe,
} from './event-bus.ts';
export {
  BrokerRefusedError,
  BrokerSilentError,
  DeliveryLostError,
  EventNotKeptError,
  EventNotTakenError,
  EventRefusedError,
  EventTooLargeError,
  NotConnectedError,
  RejectEventError,
} from './errors.ts';
export { createInMemoryEventBus, createKeptEventBus } from './local-event-bus.ts';
export type { InMemoryEventBusOptions, KeptEventBusOptions } from './local-event-bus.ts';
export { notBeyond } from './not-beyond.ts';
export { queueName } from './queue-name.ts';
export { brokerAddress } from './rabbitmq/broker-address.ts';
export { probeBroker } from './rabbitmq/probe-broker.ts';
export { createRabbitMqEventBus } from './rabbitmq-event-bus.ts';
export type { BrokerState, RabbitMqEventBusOptions } from './rabbitmq/broker-options.ts';
