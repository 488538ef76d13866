import type { ConfirmChannel, Options } from 'amqplib';
import { NotConnectedError } from '../errors.ts';
import type { BrokerConnection } from './broker-connection.ts';
import type { BrokerOptions } from './broker-options.ts';
import { keepChannel } from './kept-channel.ts';
import { createPublishWindow } from './publish-window.ts';
import { createSignal } from './signal.ts';
import { assertEventExchange } from './topology.ts';

/** Sends to the exchange and waits for the broker's confirmation. */
export interface Publisher {
  /** @throws NotConnectedError */
  publish(routingKey: string, content: Buffer, options: Options.Publish): Promise<void>;
  close(): Promise<void>;
}

type Outcome = 'confirmed' | 'refused' | 'late';

const pauseAfterRefusalMs = 200;

/**
 * A window of unconfirmed messages. What was not confirmed when the connection was lost is sent again on the next one: at
 * least once, in the order of the calls.
 */
export function createPublisher(connection: BrokerConnection, options: BrokerOptions): Publisher {
  const { exchange, publishWindow, maxWaiting, patienceMs } = options;
  const reason = () => connection.blockedBecause() ?? (connection.absentBecause() || 'the broker has not confirmed in time');
  const window = createPublishWindow(publishWindow, maxWaiting, reason);
  const changed = createSignal();
  const forget = connection.onChange(changed.fire);
  const kept = keepChannel<ConfirmChannel>(connection, {
    open: (model) => model.createConfirmChannel(),
    setUp: (channel) => assertEventExchange(channel, exchange),
    onFault: (thrown) => options.onHandlerError(thrown, undefined),
  });

  const send = async (routingKey: string, content: Buffer, how: Options.Publish, deadline: number): Promise<void> => {
    for (;;) {
      const channel = kept.current() ?? (await kept.whenOpen(deadline));
      while (connection.blockedBecause() !== undefined) {
        if (!(await changed.next(deadline))) throw new NotConnectedError(reason());
      }
      const outcome = await confirm(channel, exchange, routingKey, content, how, deadline);
      if (outcome === 'confirmed') return;
      if (outcome === 'late' || performance.now() >= deadline) throw new NotConnectedError(reason());
      // Refused on a living channel: the broker could not store it just now.
      if (kept.current() === channel) await changed.next(Math.min(deadline, performance.now() + pauseAfterRefusalMs));
    }
  };
  return {
    publish: async (routingKey, content, how) => {
      const deadline = performance.now() + patienceMs;
      await window.enter(deadline);
      try {
        await send(routingKey, content, how, deadline);
      } finally {
        window.leave();
      }
    },
    close: async () => {
      forget();
      await kept.close();
    },
  };
}

function confirm(channel: ConfirmChannel, exchange: string, routingKey: string, content: Buffer, how: Options.Publish, deadline: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('late'), Math.max(0, deadline - performance.now()));
    const settle = (outcome: Outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    try {
      channel.publish(exchange, routingKey, content, how, (refused: unknown) => settle(refused === null || refused === undefined ? 'confirmed' : 'refused'));
    } catch {
      // The channel was lost before its end was told; the next one is waited for.
      settle('refused');
    }
  });
}
