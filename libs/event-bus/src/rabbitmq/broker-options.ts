import type { ProcosEvent } from '@procos/contracts';

/** `blocked`: connected, but the broker takes no events for now, because it is short of memory or disk. */
export type BrokerState = 'connecting' | 'connected' | 'blocked' | 'closed';

export interface RabbitMqEventBusOptions {
  /** For example `amqp://user:password@localhost:5672/vhost`. */
  readonly url: string;
  /** Name of the connection, as RabbitMQ's management shows it. */
  readonly name: string;
  /** Told when a handler throws. `event` is undefined when what arrived is no event. */
  readonly onHandlerError: (thrown: unknown, event: ProcosEvent | undefined) => void;
  /** Told when the connection comes, goes or is blocked. */
  readonly onStateChange?: (state: BrokerState, reason: string) => void;
  /** @default `procos.events` */
  readonly exchange?: string;
  /** Events under way to the broker and not confirmed yet, at most. @default 256 */
  readonly publishWindow?: number;
  /** Events that wait for a place in the window, at most. @default 10000 */
  readonly maxWaiting?: number;
  /** How long publishing and subscribing wait for the broker, in milliseconds. @default 30000 */
  readonly patienceMs?: number;
  /** Wait before the first attempt to connect again, in milliseconds; doubles each time, up to 10 s. @default 100 */
  readonly reconnectDelayMs?: number;
  /** Heartbeat asked for, in seconds; the broker may ask for a shorter one. @default 600 */
  readonly heartbeatS?: number;
  /** How long the broker may take to set up a channel with its queue before it is tried again, in milliseconds. @default 10000 */
  readonly setUpMs?: number;
  /**
   * Delete an empty queue that does not answer, and make it anew. Only for a broker of one node: there it is a queue that
   * was lost, while a cluster may just not have enough of its nodes. @default false
   */
  readonly renewLostQueues?: boolean;
  /** A connection that stays blocked longer than this is made anew, in milliseconds. @default 300000 */
  readonly blockedTimeoutMs?: number;
}

export type BrokerOptions = Required<Omit<RabbitMqEventBusOptions, 'onStateChange'>> &
  Pick<RabbitMqEventBusOptions, 'onStateChange'>;

/** Heartbeat and blocked timeout are the reference's. Source: implementation guide, message broker. */
export const brokerDefaults = {
  exchange: 'procos.events',
  publishWindow: 256,
  maxWaiting: 10_000,
  patienceMs: 30_000,
  reconnectDelayMs: 100,
  heartbeatS: 600,
  blockedTimeoutMs: 300_000,
  setUpMs: 10_000,
  renewLostQueues: false,
} as const;
