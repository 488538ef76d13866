import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, ConsumeMessage } from 'amqplib';
import type { ProcosEvent } from '@procos/contracts';
import { EventRefusedError, RejectEventError } from '../errors.ts';
import type { EventHandler, Unsubscribe } from '../event-bus.ts';
import { retryDelay } from '../retry-delay.ts';
import type { BrokerConnection } from './broker-connection.ts';
import type { BrokerOptions } from './broker-options.ts';
import { keepChannel } from './kept-channel.ts';
import { earlierDeliveries, fromMessage } from './message.ts';

export interface ConsumerRecipe {
  /** Makes sure that the queue is there. @returns its name */
  readonly queue: (channel: Channel) => Promise<string>;
  readonly handler: EventHandler;
  readonly prefetch: number;
  /** undefined = an event whose handler throws is done */
  readonly retryDelayMs: number | undefined;
}

/** Takes messages from a queue, on one connection after the other. @throws NotConnectedError when the broker stays away */
export async function consumeQueue(connection: BrokerConnection, recipe: ConsumerRecipe, options: BrokerOptions): Promise<Unsubscribe> {
  const stopping = new AbortController();
  const atWork = new Set<Promise<void>>();
  const consumerTag = randomUUID();
  const kept = keepChannel<Channel>(connection, {
    open: (model) => model.createChannel(),
    onFault: (thrown) => options.onHandlerError(thrown, undefined),
    setUp: async (channel) => {
      await channel.prefetch(recipe.prefetch);
      const queue = await recipe.queue(channel);
      const take = (message: ConsumeMessage | null) => {
        // Somebody has deleted the queue: with a new channel it is made again.
        if (message === null) return void channel.close().catch((thrown: unknown) => options.onHandlerError(thrown, undefined));
        // Given back, it would come again at once, until it has come too often: it goes back with the channel.
        if (stopping.signal.aborted) return;
        const work = handle(channel, message, recipe, options, stopping.signal).finally(() => atWork.delete(work));
        atWork.add(work);
      };
      await channel.consume(queue, take, { consumerTag });
    },
  });
  try {
    await kept.whenOpen(performance.now() + options.patienceMs);
  } catch (thrown) {
    await kept.close();
    throw thrown;
  }
  return async () => {
    stopping.abort();
    // A channel that is lost meanwhile takes nothing more either.
    await kept.current()?.cancel(consumerTag).catch(() => undefined);
    await Promise.all(atWork);
    // What was handed out and not begun goes back with the channel.
    await kept.close();
  };
}

async function handle(channel: Channel, message: ConsumeMessage, recipe: ConsumerRecipe, { onHandlerError }: BrokerOptions, stopping: AbortSignal): Promise<void> {
  let event: ProcosEvent | undefined;
  try {
    event = fromMessage(message);
    await recipe.handler(event);
    settle(() => channel.ack(message));
  } catch (thrown) {
    onHandlerError(thrown, event);
    if (recipe.retryDelayMs === undefined) return settle(() => channel.ack(message));
    const hopeless = thrown instanceof RejectEventError || (event === undefined && thrown instanceof EventRefusedError);
    if (!hopeless) await pause(retryDelay(recipe.retryDelayMs, earlierDeliveries(message) + 1), stopping);
    settle(() => channel.nack(message, false, !hopeless));
  }
}

async function pause(ms: number, stopping: AbortSignal): Promise<void> {
  // Ended early when the consumer stops: then somebody else has it sooner.
  await delay(ms, undefined, { signal: stopping }).catch(() => undefined);
}

/** On a channel that is lost nothing can be settled any more: the broker hands the message out again. */
function settle(tell: () => void): void {
  try {
    tell();
  } catch (thrown) {
    if (!(thrown instanceof Error && thrown.name === 'IllegalOperationError')) throw thrown;
  }
}
