import { setTimeout as delay } from 'node:timers/promises';
import type { ChannelModel } from 'amqplib';
import { deadLetterQueue } from './topology.ts';

/**
 * Deletes a queue that the broker names and does not serve, and its dead letters' queue where it is the same with that, so
 * that both can be made anew. One that holds or serves anything stays.
 *
 * @param ms how long the broker may take for each step; RabbitMQ takes five seconds to find out that nothing is there
 */
export async function forgetLostQueue(model: ChannelModel, queue: string, ms: number): Promise<void> {
  for (const name of [queue, deadLetterQueue(queue)]) {
    // A refusal ends its channel: each queue has one of its own.
    const channel = await model.createChannel();
    channel.on('error', () => undefined);
    const forget = async () => {
      const { messageCount, consumerCount } = await channel.checkQueue(name);
      if (messageCount === 0 && consumerCount === 0) await channel.deleteQueue(name);
      await channel.close();
    };
    await Promise.race([forget(), delay(2 * ms, undefined, { ref: false })]);
  }
}
