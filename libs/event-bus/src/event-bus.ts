import type { ProcosEvent } from '@procos/contracts';

/** Called for each event. What it throws is told to `onHandlerError` of the bus, and is never lost silently. */
export type EventHandler = (event: ProcosEvent, delivery: Delivery) => void | Promise<void>;

/** One handing out of an event. */
export interface Delivery {
  /**
   * Aborted with a {@link DeliveryLostError} when the event is no longer this handler's: the channel on which it came is
   * gone, and the broker hands the event out again. What the handler does from then on somebody else does too.
   */
  readonly signal: AbortSignal;
  /** The event was handed out before, to this or another consumer: it may be handled already, or in part. */
  readonly isRepetition: boolean;
}

/** Ends a subscription; resolves when no handler is at work any more. */
export type Unsubscribe = () => Promise<void>;

/** Where events are published and heard. Named for the need: adapters are in memory or a broker. */
export interface EventBus {
  /**
   * Resolves when the event is safe with the bus: a broker has confirmed it.
   *
   * @throws EventRefusedError when it is no event of ours
   * @throws EventTooLargeError when it is larger than the broker takes
   * @throws EventNotTakenError when the broker does not take it from this user
   * @throws NotConnectedError when the broker stays away too long
   */
  publish(event: ProcosEvent): Promise<void>;
  /**
   * Hears every event from now on whose `type` matches a topic pattern (`*` one word, `#` any number). Each subscriber
   * hears each event, once. For views: what happens while the broker is away, or after the handler has thrown, is not
   * repeated; `onGap` says so.
   *
   * @returns ends the subscription
   * @throws NotConnectedError when the broker stays away too long
   */
  subscribe(pattern: string, handler: EventHandler, options?: SubscribeOptions): Promise<Unsubscribe>;
  /**
   * Takes events from a durable queue, which keeps them while nobody takes any. Consumers of one queue share its events;
   * an event is done when the handler returns, and handed out again when it throws, until the queue's delivery limit
   * makes it a dead letter. For work: at least once, so handlers recognise repetitions by the event's id.
   *
   * @returns stops taking events; the queue stays
   * @throws NotConnectedError when the broker stays away too long
   */
  consume(pattern: string, handler: EventHandler, options?: ConsumeOptions): Promise<Unsubscribe>;
  readonly deadLetters: DeadLetters;
  /** Why no events can be published now; undefined when they can. */
  awayBecause(): string | undefined;
  /** The broker that carries the events; undefined where they stay in this process. */
  broker(): BrokerFacts | undefined;
  /** Lets handlers finish and gives the connection up. */
  close(): Promise<void>;
}

export interface SubscribeOptions {
  /**
   * Called when events may have passed unheard: the broker was away, and the subscription hears again from now on. Never
   * by a bus in memory.
   */
  readonly onGap?: () => void;
}

/** What is known of a broker. */
export interface BrokerFacts {
  /** Where it is, without user and password. */
  readonly url: string;
  /** What it said of itself, for example `4.1.0`; undefined while there is no connection. */
  readonly version: string | undefined;
}

export interface ConsumeOptions {
  /** Name of the queue. @default {@link queueName} of the pattern */
  readonly queue?: string;
  /** Events in work at once by this consumer. @default 16; 1 where they are ordered */
  readonly prefetch?: number;
  /**
   * Events come in the order in which they were published, one after the other: one consumer of the queue has them, the
   * others wait until it stops or is lost. The same for all consumers of a queue. @default false
   */
  readonly ordered?: boolean;
  /** How often an event is handed out before it is a dead letter. The same for all consumers of a queue. @default 5 */
  readonly deliveryLimit?: number;
  /** Wait before an event is handed out a second time, in milliseconds; doubles each time, up to 30 s. @default 200 */
  readonly retryDelayMs?: number;
}

/** Events that could not be handled, kept per queue until they are replayed. */
export interface DeadLetters {
  /** Oldest first. @param limit at most that many @default 100 */
  list(queue: string, limit?: number): Promise<readonly DeadLetter[]>;
  /**
   * Puts dead letters back into their queue, as if they were new.
   *
   * @param ids only these @default all of them
   * @returns how many
   */
  replay(queue: string, ids?: readonly string[]): Promise<number>;
  /** Throws dead letters away for good. @returns how many */
  discard(queue: string, ids: readonly string[]): Promise<number>;
}

export interface DeadLetter {
  /** Id of the event; of a message that is no event, the id that its sender gave it, else one of ours. Never empty. */
  readonly id: string;
  /** undefined when the message is no event. */
  readonly event: ProcosEvent | undefined;
  /** The message as it was sent. */
  readonly text: string;
  /** `rejected`: refused by its handler or no event at all; `delivery_limit`: handed out too often. */
  readonly reason: 'rejected' | 'delivery_limit';
  /** What its handler said last; undefined when its consumer was lost before it could say anything. */
  readonly problem: string | undefined;
}
