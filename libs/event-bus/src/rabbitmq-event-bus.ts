import { checkEvent } from './check-event.ts';
import { consumeSettings } from './consume-settings.ts';
import type { EventBus, Unsubscribe } from './event-bus.ts';
import { queueName } from './queue-name.ts';
import { createBrokerDeadLetters } from './rabbitmq/broker-dead-letters.ts';
import { connectBroker } from './rabbitmq/broker-connection.ts';
import { brokerDefaults, type BrokerOptions, type RabbitMqEventBusOptions } from './rabbitmq/broker-options.ts';
import { consumeQueue, type ConsumerRecipe } from './rabbitmq/consumer.ts';
import { toMessage } from './rabbitmq/message.ts';
import { createPublisher } from './rabbitmq/publisher.ts';
import { assertViewQueue, assertWorkQueue } from './rabbitmq/topology.ts';

/** Events that a view has been handed and not looked at yet, at most. */
const viewPrefetch = 256;

/** Event bus of the distributed mode, on RabbitMQ 3.10 or newer. Connects in the background, and again whenever it has to. */
export function createRabbitMqEventBus(given: RabbitMqEventBusOptions): EventBus {
  const options: BrokerOptions = { ...brokerDefaults, ...given };
  const { exchange } = options;
  const connection = connectBroker(options);
  const publisher = createPublisher(connection, options);
  const running = new Set<Unsubscribe>();

  const take = async (recipe: ConsumerRecipe): Promise<Unsubscribe> => {
    const stop = await consumeQueue(connection, recipe, options);
    const unsubscribe = async () => {
      running.delete(unsubscribe);
      await stop();
    };
    running.add(unsubscribe);
    return unsubscribe;
  };
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
    consume: (pattern, handler, wanted = {}) => {
      const { queue = queueName(pattern) } = wanted;
      const { prefetch, retryDelayMs, ...limits } = consumeSettings(wanted);
      const makeQueue = async (channel: Parameters<ConsumerRecipe['queue']>[0]) => {
        await assertWorkQueue(channel, { exchange, queue, pattern, ...limits });
        return queue;
      };
      return take({
        queue: makeQueue,
        handler,
        prefetch,
        again: { retryDelayMs, deliveryLimit: limits.deliveryLimit },
      });
    },
    deadLetters: createBrokerDeadLetters(connection, options),
    awayBecause: () =>
      connection.current() === undefined
        ? connection.absentBecause() || 'there is no connection'
        : connection.blockedBecause(),
    broker: () => ({
      url: options.url.replace(/\/\/[^/@]*@/, '//'),
      version: connection.current()?.connection.serverProperties.version,
    }),
    close: async () => {
      await Promise.all([...running].map((stop) => stop()));
      await publisher.close();
      await connection.close();
    },
  };
}
