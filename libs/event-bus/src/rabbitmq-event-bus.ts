import { checkEvent } from './check-event.ts';
import { consumeSettings } from './consume-settings.ts';
import type { ConsumeOptions, EventBus, EventHandler } from './event-bus.ts';
import { queueName } from './queue-name.ts';
import { brokerAddress } from './rabbitmq/broker-address.ts';
import { createBrokerDeadLetters } from './rabbitmq/broker-dead-letters.ts';
import { type BrokerConnection, connectBroker } from './rabbitmq/broker-connection.ts';
import { brokerDefaults, type BrokerOptions, type RabbitMqEventBusOptions } from './rabbitmq/broker-options.ts';
import { consumeQueue, type ConsumerRecipe } from './rabbitmq/consumer.ts';
import { toMessage } from './rabbitmq/message.ts';
import { createPublisher } from './rabbitmq/publisher.ts';
import { assertViewQueue, assertWorkQueue } from './rabbitmq/topology.ts';
import { createConsumerSet } from './consumer-set.ts';

/** Events that a view has been handed and not looked at yet, at most. */
const viewPrefetch = 256;

/** Event bus of the distributed mode, on RabbitMQ 3.10 or newer. Connects in the background, and again whenever it has to. */
export function createRabbitMqEventBus(given: RabbitMqEventBusOptions): EventBus {
  const options: BrokerOptions = { ...brokerDefaults, ...given };
  const { exchange } = options;
  const connection = connectBroker(options);
  const publisher = createPublisher(connection, options);
  const consumers = createConsumerSet();
  const take = async (recipe: ConsumerRecipe) => consumers.add(await consumeQueue(connection, recipe, options));
  return {
    publish: async (event) => {
      const { content, options: how } = toMessage(checkEvent(event));
      await publisher.publish(event.type, content, how);
    },
    subscribe: (pattern, handler, { onGap } = {}) =>
      take({
        queue: (channel) => assertViewQueue(channel, exchange, pattern),
        handler,
        prefetch: viewPrefetch,
        again: undefined,
        onReopened: onGap,
      }),
    consume: (pattern, handler, wanted) => take(workRecipe(exchange, pattern, handler, wanted)),
    deadLetters: createBrokerDeadLetters(connection, options),
    awayBecause: () => awayBecause(connection),
    broker: () => ({
      url: brokerAddress(options.url),
      version: connection.current()?.connection.serverProperties.version,
    }),
    close: async () => {
      await consumers.stopAll();
      await publisher.close();
      await connection.close();
    },
  };
}

/** Of a queue that all copies of a service take from. */
function workRecipe(
  exchange: string,
  pattern: string,
  handler: EventHandler,
  wanted: ConsumeOptions = {},
): ConsumerRecipe {
  const { queue = queueName(pattern) } = wanted;
  const { prefetch, retryDelayMs, ...limits } = consumeSettings(wanted);
  return {
    queue: async (channel) => {
      await assertWorkQueue(channel, { exchange, queue, pattern, ...limits });
      return queue;
    },
    handler,
    prefetch,
    again: { retryDelayMs, deliveryLimit: limits.deliveryLimit },
  };
}

function awayBecause(connection: BrokerConnection): string | undefined {
  return connection.current() === undefined
    ? connection.absentBecause() || 'there is no connection'
    : connection.blockedBecause();
}
