import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, ChannelModel } from 'amqplib';
import { NotConnectedError } from '../errors.ts';
import type { BrokerConnection } from './broker-connection.ts';
import { createSignal } from './signal.ts';

/** A channel that is opened anew, with all that was set up on it, whenever it is lost. */
export interface KeptChannel<Kind extends Channel> {
  current(): Kind | undefined;
  /**
   * @param deadline how long to wait for it, on the clock of `performance.now()`
   * @throws NotConnectedError
   * @throws what setting it up has thrown the first time: a fault in what was asked of the broker
   */
  whenOpen(deadline: number): Promise<Kind>;
  close(): Promise<void>;
}

export interface ChannelRecipe<Kind extends Channel> {
  readonly open: (model: ChannelModel) => Promise<Kind>;
  readonly setUp: (channel: Kind) => Promise<void>;
  /** Told when the broker closes a channel that was open, or it cannot be opened again. */
  readonly onFault: (thrown: unknown) => void;
}

const reopenDelayMs = 500;
/** A broker in trouble may never answer that a channel is closed. */
const closingMs = 3_000;

export function keepChannel<Kind extends Channel>(connection: BrokerConnection, recipe: ChannelRecipe<Kind>): KeptChannel<Kind> {
  const changed = createSignal();
  let channel: Kind | undefined;
  let closed = false;
  let firstFault: unknown;
  let everOpen = false;
  let opening = false;
  let retry: NodeJS.Timeout | undefined;

  const failed = (thrown: unknown) => {
    if (everOpen) recipe.onFault(thrown);
    else firstFault = thrown;
    changed.fire();
  };
  const openOn = async (model: ChannelModel) => {
    const made = await recipe.open(model);
    // Without a listener an error of the channel would end the process; its end is what counts.
    made.on('error', (error) => everOpen && recipe.onFault(error));
    made.once('close', () => lost(made));
    await recipe.setUp(made);
    if (model !== connection.current() || closed) return;
    channel = made;
    everOpen = true;
    changed.fire();
  };
  const ensure = async (): Promise<void> => {
    const model = connection.current();
    if (model === undefined || channel !== undefined || opening || closed) return;
    opening = true;
    try {
      await openOn(model);
    } catch (thrown) {
      // Losing the connection meanwhile says nothing about what was asked.
      if (model === connection.current()) failed(thrown);
    }
    opening = false;
    if (channel === undefined && !closed && (everOpen || model !== connection.current())) retryLater();
  };
  const retryLater = () => {
    clearTimeout(retry);
    retry = setTimeout(() => void ensure(), reopenDelayMs);
  };
  const lost = (which: Kind) => {
    if (channel !== which) return;
    channel = undefined;
    if (!closed) retryLater();
  };
  const forget = connection.onChange(() => {
    if (connection.current() === undefined) channel = undefined;
    changed.fire();
    void ensure();
  });
  void ensure();

  return {
    current: () => channel,
    whenOpen: async (deadline) => {
      for (;;) {
        if (channel !== undefined) return channel;
        if (firstFault !== undefined) throw asError(firstFault);
        if (closed || connection.closed() || !(await changed.next(deadline))) throw new NotConnectedError(connection.absentBecause());
      }
    },
    close: async () => {
      closed = true;
      clearTimeout(retry);
      forget();
      const last = channel;
      channel = undefined;
      changed.fire();
      if (last !== undefined) await closeWithin(last, closingMs);
    },
  };
}

async function closeWithin(channel: Channel, ms: number): Promise<void> {
  const timer = new AbortController();
  const late = delay(ms, undefined, { signal: timer.signal }).catch(() => undefined);
  // A channel that is lost while it is being closed is closed all the same.
  await Promise.race([channel.close().catch(() => undefined), late]);
  timer.abort();
}

const asError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error('The channel could not be opened.', { cause: thrown }));
