import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, ConfirmChannel, GetMessage, Message } from 'amqplib';
import type { ProcosEvent } from '@procos/contracts';
import { EventRefusedError } from '../errors.ts';
import type { DeadLetter, DeadLetters } from '../event-bus.ts';
import type { BrokerConnection } from './broker-connection.ts';
import type { BrokerOptions } from './broker-options.ts';
import { keepChannel } from './kept-channel.ts';
import { deathOf, fromMessage, putInto } from './message.ts';
import { assertDeadLetterQueue, deadLetterQueue } from './topology.ts';

/** How long what was looked at may take to be in the queue again, in milliseconds. */
const backWithinMs = 2_000;

/** Dead letters in the queue beside each queue. Each call has a channel of its own: what it does not take goes back in order. */
export function createBrokerDeadLetters(connection: BrokerConnection, options: BrokerOptions): DeadLetters {
  const onChannel = async <Result>(
    queue: string,
    work: (channel: ConfirmChannel) => Promise<Result>,
  ): Promise<Result> => {
    const kept = keepChannel<ConfirmChannel>(connection, {
      open: (model) => model.createConfirmChannel(),
      setUp: (channel) => assertDeadLetterQueue(channel, options.exchange, queue),
      setUpMs: options.setUpMs,
      onFault: (thrown) => options.onHandlerError(thrown, undefined),
    });
    try {
      return await work(await kept.whenOpen(performance.now() + options.patienceMs));
    } finally {
      await kept.close();
    }
  };
  return {
    list: (queue, limit = 100) =>
      onChannel(queue, async (channel) => {
        const letters: DeadLetter[] = [];
        for await (const message of waitingIn(channel, deadLetterQueue(queue), limit)) letters.push(toLetter(message));
        await giveBack(channel, deadLetterQueue(queue), letters.length);
        return letters;
      }),
    replay: (queue, ids) =>
      onChannel(queue, (channel) => takeOut(channel, queue, ids, (message) => putInto(channel, queue, message))),
    discard: (queue, ids) => onChannel(queue, (channel) => takeOut(channel, queue, ids, async () => undefined)),
  };
}

/** @param ids only these; undefined: all @returns how many */
async function takeOut(
  channel: ConfirmChannel,
  queue: string,
  ids: readonly string[] | undefined,
  before: (message: Message) => Promise<void>,
): Promise<number> {
  const { messageCount } = await channel.checkQueue(deadLetterQueue(queue));
  let [taken, left] = [0, 0];
  for await (const message of waitingIn(channel, deadLetterQueue(queue), messageCount)) {
    if (ids !== undefined && !ids.includes(toLetter(message).id)) {
      left += 1;
      continue;
    }
    await before(message);
    channel.ack(message);
    taken += 1;
  }
  await giveBack(channel, deadLetterQueue(queue), left);
  return taken;
}

/** A broker takes back in its own time: whoever looks next must find what is left, however busy it is. */
async function giveBack(channel: Channel, queue: string, count: number): Promise<void> {
  if (count === 0) return;
  channel.nackAll(true);
  for (const deadline = performance.now() + backWithinMs; performance.now() < deadline; await delay(10)) {
    if ((await channel.checkQueue(queue)).messageCount >= count) return;
  }
}

async function* waitingIn(channel: Channel, queue: string, limit: number): AsyncGenerator<GetMessage> {
  for (let taken = 0; taken < limit; taken += 1) {
    const message = await channel.get(queue);
    if (message === false) return;
    yield message;
  }
}

function toLetter(message: Message): DeadLetter {
  const event = readable(message);
  return { id: event?.id ?? idOf(message), event, text: message.content.toString(), ...deathOf(message) };
}

/** A message without an id gets one of ours: the same each time somebody looks, as long as it is kept. */
function idOf({ content, properties }: Message): string {
  const given: unknown = properties.messageId;
  if (typeof given === 'string' && given !== '') return given;
  const { headers = {}, timestamp } = properties as {
    readonly headers?: Readonly<Record<string, unknown>>;
    readonly timestamp?: unknown;
  };
  // How often it was looked at is no part of it.
  const { 'x-delivery-count': _looks, ...lasting } = headers;
  return `unnamed-${createHash('sha256')
    .update(content)
    .update(JSON.stringify([lasting, timestamp]))
    .digest('hex')
    .slice(0, 16)}`;
}

function readable(message: Message): ProcosEvent | undefined {
  try {
    return fromMessage(message);
  } catch (thrown) {
    if (thrown instanceof EventRefusedError) return undefined;
    throw thrown;
  }
}
