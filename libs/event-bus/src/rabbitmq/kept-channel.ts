import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, ChannelModel } from 'amqplib';
import { BrokerSilentError, NotConnectedError } from '../errors.ts';
import type { BrokerConnection } from './broker-connection.ts';
import { createSignal, type Signal } from './signal.ts';

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
  /** How long setting it up may take before it is tried again on another channel, in milliseconds. */
  readonly setUpMs: number;
  /** Before the next attempt, when setting it up has taken too long. */
  readonly onSilence?: (model: ChannelModel) => Promise<void>;
  /** Told when the broker closes a channel that was open, or it cannot be opened again. */
  readonly onFault: (thrown: unknown) => void;
}

interface Keeping<Kind extends Channel> {
  readonly connection: BrokerConnection;
  readonly recipe: ChannelRecipe<Kind>;
  readonly changed: Signal;
  channel: Kind | undefined;
  closed: boolean;
  opening: boolean;
  everOpen: boolean;
  openedAt: number;
  firstFault: Error | undefined;
  /** The last attempt to set it up got no answer. */
  silence: BrokerSilentError | undefined;
  retry: NodeJS.Timeout | undefined;
}

const reopenDelayMs = 500;
/** A broker in trouble may never answer that a channel is closed. */
const closingMs = 3_000;

export function keepChannel<Kind extends Channel>(
  connection: BrokerConnection,
  recipe: ChannelRecipe<Kind>,
): KeptChannel<Kind> {
  const keeping: Keeping<Kind> = {
    connection,
    recipe,
    changed: createSignal(),
    channel: undefined,
    closed: false,
    opening: false,
    everOpen: false,
    openedAt: 0,
    firstFault: undefined,
    silence: undefined,
    retry: undefined,
  };
  const forget = connection.onChange(() => {
    if (connection.current() === undefined) keeping.channel = undefined;
    keeping.changed.fire();
    void ensureOpen(keeping);
  });
  void ensureOpen(keeping);
  return {
    current: () => keeping.channel,
    whenOpen: (deadline) => whenOpen(keeping, deadline),
    close: async () => {
      const { channel, retry, changed } = keeping;
      keeping.closed = true;
      keeping.channel = undefined;
      clearTimeout(retry);
      forget();
      changed.fire();
      if (channel !== undefined) await closeWithin(channel, closingMs);
    },
  };
}

async function whenOpen<Kind extends Channel>(keeping: Keeping<Kind>, deadline: number): Promise<Kind> {
  const { connection, changed } = keeping;
  for (;;) {
    if (keeping.channel !== undefined) return keeping.channel;
    if (keeping.firstFault !== undefined) throw keeping.firstFault;
    if (keeping.closed || connection.closed() || !(await changed.next(deadline)))
      throw new NotConnectedError(connection.absentBecause() || (keeping.silence?.message ?? ''));
  }
}

async function ensureOpen<Kind extends Channel>(keeping: Keeping<Kind>): Promise<void> {
  const { connection, opening, closed, channel } = keeping;
  const model = connection.current();
  if (model === undefined || channel !== undefined || opening || closed) return;
  keeping.opening = true;
  try {
    await openOn(keeping, model);
  } catch (thrown) {
    // Losing the connection meanwhile says nothing about what was asked.
    if (model === connection.current())
      await (thrown instanceof BrokerSilentError ? hearNothing(keeping, model, thrown) : reportFault(keeping, thrown));
  }
  keeping.opening = false;
  const worthwhile = keeping.everOpen || keeping.silence !== undefined || model !== connection.current();
  if (keeping.channel === undefined && worthwhile) retryLater(keeping);
}

async function openOn<Kind extends Channel>(keeping: Keeping<Kind>, model: ChannelModel): Promise<void> {
  const { connection, recipe, changed } = keeping;
  const made = await recipe.open(model);
  // Without a listener an error of the channel would end the process; of one that never came to be used its set-up tells.
  made.on('error', (error) => keeping.channel === made && recipe.onFault(error));
  made.once('close', () => {
    if (keeping.channel !== made) return;
    keeping.channel = undefined;
    // The first time at once: others wait for it. One that does not last is opened with pauses.
    const lasted = performance.now() - keeping.openedAt > reopenDelayMs;
    retryLater(keeping, lasted ? 0 : reopenDelayMs);
  });
  await setUpInTime(made, recipe);
  // Nobody would ever close it, and what is handed out on it would go nowhere.
  if (keeping.closed) return closeWithin(made, closingMs);
  if (model !== connection.current()) return;
  keeping.channel = made;
  keeping.everOpen = true;
  keeping.silence = undefined;
  keeping.openedAt = performance.now();
  changed.fire();
}

/** @throws BrokerSilentError when nothing comes back: such a channel answers nothing any more, not even that it is closed */
async function setUpInTime<Kind extends Channel>(made: Kind, { setUp, setUpMs }: ChannelRecipe<Kind>): Promise<void> {
  const timer = new AbortController();
  const late = delay(setUpMs, 'late', { signal: timer.signal }).catch(() => 'settled');
  const settingUp = setUp(made).then(() => 'settled');
  try {
    if ((await Promise.race([settingUp, late])) === 'settled') return;
  } finally {
    timer.abort();
  }
  // What becomes of it now is told with the end of its channel.
  settingUp.catch(() => undefined);
  void closeWithin(made, closingMs);
  throw new BrokerSilentError(setUpMs);
}

async function hearNothing<Kind extends Channel>(
  keeping: Keeping<Kind>,
  model: ChannelModel,
  silence: BrokerSilentError,
): Promise<void> {
  const { onFault, onSilence } = keeping.recipe;
  keeping.silence = silence;
  onFault(silence);
  // What is done about it may cost the connection, which comes back by itself.
  await onSilence?.(model).catch((thrown: unknown) => model === keeping.connection.current() && onFault(thrown));
}

function reportFault<Kind extends Channel>(keeping: Keeping<Kind>, thrown: unknown): void {
  if (keeping.everOpen) keeping.recipe.onFault(thrown);
  else
    keeping.firstFault =
      thrown instanceof Error ? thrown : new Error('The channel could not be opened.', { cause: thrown });
  keeping.changed.fire();
}

function retryLater<Kind extends Channel>(keeping: Keeping<Kind>, ms = reopenDelayMs): void {
  clearTimeout(keeping.retry);
  if (!keeping.closed) keeping.retry = setTimeout(() => void ensureOpen(keeping), ms);
}

async function closeWithin(channel: Channel, ms: number): Promise<void> {
  const timer = new AbortController();
  const late = delay(ms, undefined, { signal: timer.signal }).catch(() => undefined);
  // A channel that is lost while it is being closed is closed all the same.
  await Promise.race([channel.close().catch(() => undefined), late]);
  timer.abort();
}
