import type { Channel } from 'amqplib';
import type { ConsumeSettings } from '../consume-settings.ts';

/** What can never be reached: letters wait until they are replayed, however often somebody looks at them. */
const noLimit = 1_000_000_000;

const deadLetterExchange = (exchange: string) => `${exchange}.dead`;
export const deadLetterQueue = (queue: string) => `${queue}.dead`;

/** The exchange on which all events travel. */
export async function assertEventExchange(channel: Channel, exchange: string): Promise<void> {
  await channel.assertExchange(exchange, 'topic', { durable: true });
}

/** Where the dead letters of a queue are kept. */
export async function assertDeadLetterQueue(channel: Channel, exchange: string, queue: string): Promise<void> {
  await channel.assertExchange(deadLetterExchange(exchange), 'direct', { durable: true });
  await channel.assertQueue(deadLetterQueue(queue), {
    durable: true,
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': noLimit },
  });
  await channel.bindQueue(deadLetterQueue(queue), deadLetterExchange(exchange), queue);
}

export interface WorkQueue extends Pick<ConsumeSettings, 'deliveryLimit' | 'ordered'> {
  readonly exchange: string;
  readonly queue: string;
  readonly pattern: string;
}

/** A queue that survives the broker and one of its nodes; what cannot be handled goes to its dead letters, and is not lost on the way. */
export async function assertWorkQueue(
  channel: Channel,
  { exchange, queue, pattern, deliveryLimit, ordered }: WorkQueue,
): Promise<void> {
  await assertEventExchange(channel, exchange);
  await assertDeadLetterQueue(channel, exchange, queue);
  await channel.assertQueue(queue, {
    durable: true,
    arguments: {
      'x-queue-type': 'quorum',
      // RabbitMQ counts repetitions.
      'x-delivery-limit': deliveryLimit - 1,
      'x-dead-letter-exchange': deadLetterExchange(exchange),
      'x-dead-letter-routing-key': queue,
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
      // Without it a consumer that comes back is handed events before the one that the lost consumer had is given back.
      ...(ordered ? { 'x-single-active-consumer': true } : {}),
    },
  });
  await channel.bindQueue(queue, exchange, pattern);
}

/** Most events that wait for a slow view; the oldest make room. */
const viewLength = 10_000;

/** A queue for one view, which goes with its connection. @returns its name */
export async function assertViewQueue(channel: Channel, exchange: string, pattern: string): Promise<string> {
  await assertEventExchange(channel, exchange);
  const { queue } = await channel.assertQueue('', {
    exclusive: true,
    autoDelete: true,
    durable: false,
    maxLength: viewLength,
  });
  await channel.bindQueue(queue, exchange, pattern);
  return queue;
}
