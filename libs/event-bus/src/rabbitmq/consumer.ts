import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, ChannelModel, ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { ProcosEvent } from '@procos/contracts';
import { DeliveryLostError, EventRefusedError, problemOf, RejectEventError } from '../errors.ts';
import type { DeadLetter, EventHandler, Unsubscribe } from '../event-bus.ts';
import { retryDelay } from '../retry-delay.ts';
import type { BrokerConnection } from './broker-connection.ts';
import type { BrokerOptions } from './broker-options.ts';
import { keepChannel } from './kept-channel.ts';
import { forgetLostQueue } from './lost-queue.ts';
import { deathHeaders, earlierDeliveries, fromMessage, putInto } from './message.ts';
import { deadLetterQueue } from './topology.ts';

export interface ConsumerRecipe {
  /** Makes sure that the queue is there. @returns its name */
  readonly queue: (channel: Channel) => Promise<string>;
  readonly handler: EventHandler;
  readonly prefetch: number;
  /** What becomes of an event whose handler throws; undefined = it is done */
  readonly again: { readonly retryDelayMs: number; readonly deliveryLimit: number } | undefined;
  /** Told when messages come again after the channel was lost. */
  readonly onReopened?: (() => void) | undefined;
}

/** Takes messages from a queue, on one connection after the other. @throws NotConnectedError when the broker stays away */
export async function consumeQueue(
  connection: BrokerConnection,
  recipe: ConsumerRecipe,
  options: BrokerOptions,
): Promise<Unsubscribe> {
  const stopping = new AbortController();
  const atWork = new Set<Promise<void>>();
  const consumerTag = randomUUID();
  let everConsumed = false;
  let declared: string | undefined;
  const kept = keepChannel<ConfirmChannel>(connection, {
    open: (model) => model.createConfirmChannel(),
    onFault: (thrown) => options.onHandlerError(thrown, undefined),
    setUpMs: options.setUpMs,
    onSilence: (model) => renewLost(model, declared, recipe, options),
    setUp: async (channel) => {
      await channel.prefetch(recipe.prefetch);
      const queue = (declared = await recipe.queue(channel));
      const take = taker(channel, { queue, recipe, options }, stopping.signal, atWork);
      await channel.consume(queue, take, { consumerTag });
      if (everConsumed) recipe.onReopened?.();
      everConsumed = true;
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
    await kept
      .current()
      ?.cancel(consumerTag)
      .catch(() => undefined);
    await Promise.all(atWork);
    // What was handed out and not begun goes back with the channel.
    await kept.close();
  };
}

/** Views have queues that go with their connection: there is nothing of them to be made anew. */
async function renewLost(
  model: ChannelModel,
  declared: string | undefined,
  { again }: ConsumerRecipe,
  { renewLostQueues, setUpMs }: BrokerOptions,
): Promise<void> {
  if (renewLostQueues && again !== undefined && declared !== undefined) await forgetLostQueue(model, declared, setUpMs);
}

/** @param atWork holds each message until its handler is done */
function taker(
  channel: ConfirmChannel,
  consuming: Consuming,
  stopping: AbortSignal,
  atWork: Set<Promise<void>>,
): (message: ConsumeMessage | null) => void {
  const gone = new AbortController();
  channel.once('close', () => gone.abort(new DeliveryLostError()));
  return (message) => {
    // Somebody has deleted the queue: with a new channel it is made again.
    if (message === null)
      return void channel.close().catch((thrown: unknown) => consuming.options.onHandlerError(thrown, undefined));
    // Given back, it would come again at once, until it has come too often: it goes back with the channel.
    if (stopping.aborted) return;
    const work = handle(channel, message, consuming, { gone: gone.signal, stopping }).finally(() =>
      atWork.delete(work),
    );
    atWork.add(work);
  };
}

interface Consuming {
  readonly queue: string;
  readonly recipe: ConsumerRecipe;
  readonly options: BrokerOptions;
}

interface Ends {
  /** The channel is: what came on it comes again. */
  readonly gone: AbortSignal;
  readonly stopping: AbortSignal;
}

async function handle(
  channel: ConfirmChannel,
  message: ConsumeMessage,
  { queue, recipe, options: { onHandlerError } }: Consuming,
  { gone, stopping }: Ends,
): Promise<void> {
  let event: ProcosEvent | undefined;
  try {
    event = fromMessage(message);
    await recipe.handler(event, {
      signal: gone,
      isRepetition: message.fields.redelivered || earlierDeliveries(message) > 0,
    });
    settle(() => channel.ack(message));
  } catch (thrown) {
    onHandlerError(thrown, event);
    if (gone.aborted) return;
    if (recipe.again === undefined) return settle(() => channel.ack(message));
    const { retryDelayMs, deliveryLimit } = recipe.again;
    const deliveries = earlierDeliveries(message) + 1;
    const hopeless = thrown instanceof RejectEventError || (event === undefined && thrown instanceof EventRefusedError);
    if (hopeless || deliveries >= deliveryLimit)
      return bury(channel, message, queue, {
        reason: hopeless ? 'rejected' : 'delivery_limit',
        problem: problemOf(thrown),
      });
    await pause(retryDelay(retryDelayMs, deliveries), AbortSignal.any([stopping, gone]));
    settle(() => channel.nack(message, false, true));
  }
}

/** Put among the dead letters by us, so that the reason is kept beside it; the broker does it where that is not possible. */
async function bury(
  channel: ConfirmChannel,
  message: ConsumeMessage,
  queue: string,
  death: Pick<DeadLetter, 'reason' | 'problem'>,
): Promise<void> {
  try {
    await putInto(channel, deadLetterQueue(queue), message, deathHeaders(death));
    settle(() => channel.ack(message));
  } catch {
    settle(() => channel.nack(message, false, false));
  }
}

async function pause(ms: number, stopping: AbortSignal): Promise<void> {
  // Ended early when the consumer stops: then somebody else has it sooner.
  await delay(ms, undefined, { signal: stopping }).catch(() => undefined);
}

/** On a channel that is lost nothing can be settled any more: the broker hands the message out again. */
function settle(report: () => void): void {
  try {
    report();
  } catch (thrown) {
    if (!(thrown instanceof Error && thrown.name === 'IllegalOperationError')) throw thrown;
  }
}
