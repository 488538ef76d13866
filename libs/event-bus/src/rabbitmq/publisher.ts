import type { ConfirmChannel, Options } from 'amqplib';
import { EventNotTakenError, EventTooLargeError, NotConnectedError } from '../errors.ts';
import type { BrokerConnection } from './broker-connection.ts';
import type { BrokerOptions } from './broker-options.ts';
import { type Refusal, refusalIn } from './channel-refusal.ts';
import { keepChannel, type KeptChannel } from './kept-channel.ts';
import { createPublishWindow, type PublishWindow } from './publish-window.ts';
import { createSignal, type Signal } from './signal.ts';
import { assertEventExchange } from './topology.ts';

/** Sends to the exchange and waits for the broker's confirmation. */
export interface Publisher {
  /**
   * @throws NotConnectedError
   * @throws EventTooLargeError, EventNotTakenError when the broker refuses this one
   */
  publish(routingKey: string, content: Buffer, options: Options.Publish): Promise<void>;
  close(): Promise<void>;
}

/** `lost`: with its channel, nobody knows whether it arrived. `refused`: the broker could not store it just now. */
type Outcome = 'confirmed' | 'refused' | 'lost' | 'late';

interface Letter {
  readonly routingKey: string;
  readonly content: Buffer;
  readonly how: Options.Publish;
  readonly deadline: number;
}

interface Publishing {
  readonly connection: BrokerConnection;
  readonly options: BrokerOptions;
  readonly window: PublishWindow;
  readonly changed: Signal;
  readonly kept: KeptChannel<ConfirmChannel>;
  readonly reason: () => string;
  /** Bytes of the largest message that the broker has taken. */
  proven: number;
  /** Bytes that it takes at most, once it has said so. */
  limit: number;
  /** Why the broker has closed the channel, where it was because of a message. */
  readonly refusals: WeakMap<ConfirmChannel, Refusal>;
}

const pauseAfterRefusalMs = 200;

/**
 * A window of unconfirmed messages. What was not confirmed when the connection was lost is sent again on the next one: at
 * least once, in the order of the calls. RabbitMQ closes the channel of a message that it does not take, with all others
 * that are under way on it: one that is larger than any before is therefore sent alone, and so is each that shared a
 * channel with a refused one.
 */
export function createPublisher(connection: BrokerConnection, options: BrokerOptions): Publisher {
  const { exchange, publishWindow, maxWaiting, patienceMs } = options;
  const reason = () =>
    connection.blockedBecause() ?? (connection.absentBecause() || 'the broker has not confirmed in time');
  const changed = createSignal();
  const forget = connection.onChange(changed.fire);
  const setUp = async (channel: ConfirmChannel) => {
    channel.on('error', (error) => noteRefusal(publishing, channel, error));
    await assertEventExchange(channel, exchange);
  };
  const kept = keepChannel<ConfirmChannel>(connection, {
    open: (model) => model.createConfirmChannel(),
    setUp,
    setUpMs: options.setUpMs,
    // What concerns one message is told to whoever wanted to publish it.
    onFault: (thrown) => refusalIn(thrown) === undefined && options.onHandlerError(thrown, undefined),
  });
  const window = createPublishWindow(publishWindow, maxWaiting, reason);
  const publishing: Publishing = {
    connection,
    options,
    window,
    changed,
    kept,
    reason,
    proven: 0,
    limit: Number.POSITIVE_INFINITY,
    refusals: new WeakMap(),
  };
  return {
    publish: (routingKey, content, how) =>
      deliver(publishing, { routingKey, content, how, deadline: performance.now() + patienceMs }),
    close: async () => {
      forget();
      await kept.close();
    },
  };
}

/** Which message it was is seen by whoever has sent it. */
function noteRefusal(publishing: Publishing, channel: ConfirmChannel, error: unknown): void {
  const refusal = refusalIn(error);
  if (refusal === undefined) return;
  publishing.refusals.set(channel, refusal);
  if (refusal.limit !== undefined) publishing.limit = refusal.limit;
}

async function deliver(publishing: Publishing, letter: Letter): Promise<void> {
  const { window } = publishing;
  const bytes = letter.content.byteLength;
  const ticket = window.ticket();
  for (let wasLost = false; ; wasLost = true) {
    if (bytes > publishing.limit) throw new EventTooLargeError(letter.routingKey, bytes, publishing.limit);
    const alone = wasLost || bytes > publishing.proven;
    await window.enter(ticket, alone, letter.deadline);
    try {
      if (await send(publishing, letter, alone)) {
        publishing.proven = Math.max(publishing.proven, bytes);
        return;
      }
    } finally {
      window.leave();
    }
  }
}

/** @returns false when it was lost because of another one, and has to be sent alone */
async function send(publishing: Publishing, letter: Letter, alone: boolean): Promise<boolean> {
  const { kept, connection, changed, reason, refusals, options } = publishing;
  const { deadline, routingKey, content } = letter;
  for (;;) {
    if (content.byteLength > publishing.limit)
      throw new EventTooLargeError(routingKey, content.byteLength, publishing.limit);
    const channel = kept.current() ?? (await kept.whenOpen(deadline));
    while (connection.blockedBecause() !== undefined) {
      if (!(await changed.next(deadline))) throw new NotConnectedError(reason());
    }
    const outcome = await confirm(channel, options.exchange, letter);
    if (outcome === 'confirmed') return true;
    const refusal = refusals.get(channel);
    if (refusal !== undefined && !alone) return false;
    if (refusal !== undefined)
      throw refusal.kind === 'size'
        ? new EventTooLargeError(routingKey, content.byteLength, refusal.limit)
        : new EventNotTakenError(routingKey, refusal.reason);
    if (outcome === 'late' || performance.now() >= deadline) throw new NotConnectedError(reason());
    // Refused on a living channel: the broker could not store it just now.
    if (kept.current() === channel) await changed.next(Math.min(deadline, performance.now() + pauseAfterRefusalMs));
  }
}

function confirm(
  channel: ConfirmChannel,
  exchange: string,
  { routingKey, content, how, deadline }: Letter,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('late'), Math.max(0, deadline - performance.now()));
    const settle = (outcome: Outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    try {
      channel.publish(exchange, routingKey, content, how, (refused: unknown) =>
        settle(refused === null || refused === undefined ? 'confirmed' : 'refused'),
      );
    } catch {
      // The channel was lost before its end was told; the next one is waited for.
      settle('lost');
    }
  });
}
