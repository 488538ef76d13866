import type { Channel, ConfirmChannel, GetMessage, Message } from 'amqplib';
import type { ProcosEvent } from '@procos/contracts';
import { EventRefusedError, NotConnectedError } from '../errors.ts';
import type { DeadLetter, DeadLetters } from '../event-bus.ts';
import type { BrokerConnection } from './broker-connection.ts';
import type { BrokerOptions } from './broker-options.ts';
import { keepChannel } from './kept-channel.ts';
import { fromMessage } from './message.ts';
import { assertDeadLetterQueue, deadLetterQueue } from './topology.ts';

/** Dead letters in the queue beside each queue. Each call has a channel of its own: what it does not take goes back in order. */
export function createBrokerDeadLetters(connection: BrokerConnection, options: BrokerOptions): DeadLetters {
  const onChannel = async <Result>(queue: string, work: (channel: ConfirmChannel) => Promise<Result>): Promise<Result> => {
    const kept = keepChannel<ConfirmChannel>(connection, {
      open: (model) => model.createConfirmChannel(),
      setUp: (channel) => assertDeadLetterQueue(channel, options.exchange, queue),
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
        return letters;
      }),
    replay: (queue, ids) =>
      onChannel(queue, (channel) =>
        takeOut(channel, queue, ids, (message) => putBack(channel, queue, message)),
      ),
    discard: (queue, ids) => onChannel(queue, (channel) => takeOut(channel, queue, ids, async () => undefined)),
  };
}

/** @param ids only these; undefined: all @returns how many */
async function takeOut(channel: ConfirmChannel, queue: string, ids: readonly string[] | undefined, before: (message: Message) => Promise<void>): Promise<number> {
  const { messageCount } = await channel.checkQueue(deadLetterQueue(queue));
  let taken = 0;
  for await (const message of waitingIn(channel, deadLetterQueue(queue), messageCount)) {
    if (ids !== undefined && !ids.includes(toLetter(message).id)) continue;
    await before(message);
    channel.ack(message);
    taken += 1;
  }
  return taken;
}

async function* waitingIn(channel: Channel, queue: string, limit: number): AsyncGenerator<GetMessage> {
  for (let taken = 0; taken < limit; taken += 1) {
    const message = await channel.get(queue);
    if (message === false) return;
    yield message;
  }
}

const sentProperties = ['contentType', 'contentEncoding', 'messageId', 'timestamp', 'type'];

/** Straight into the queue, so that other queues do not get it again; without the marks that it has died before. */
function putBack(channel: ConfirmChannel, queue: string, { content, properties }: Message): Promise<void> {
  const headers = Object.fromEntries(Object.entries(properties.headers ?? {}).filter(([name]) => !name.startsWith('x-')));
  const kept = Object.fromEntries(Object.entries(properties).filter(([name, value]) => sentProperties.includes(name) && value !== undefined));
  return new Promise((resolve, reject) => {
    channel.sendToQueue(queue, content, { ...kept, headers, persistent: true }, (refused: unknown) =>
      refused === null || refused === undefined ? resolve() : reject(new NotConnectedError('the broker has not taken a replayed event', { cause: refused })),
    );
  });
}

function toLetter(message: Message): DeadLetter {
  const event = readable(message);
  const messageId: unknown = message.properties.messageId;
  const reason: unknown = message.properties.headers?.['x-first-death-reason'];
  return {
    id: event?.id ?? (typeof messageId === 'string' ? messageId : ''),
    event,
    text: message.content.toString(),
    reason: reason === 'rejected' ? 'rejected' : 'delivery_limit',
  };
}

function readable(message: Message): ProcosEvent | undefined {
  try {
    return fromMessage(message);
  } catch (thrown) {
    if (thrown instanceof EventRefusedError) return undefined;
    throw thrown;
  }
}
