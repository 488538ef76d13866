import type { ChannelModel, RecoveringChannelModel } from 'amqplib';
import type { BrokerOptions, BrokerState } from './broker-options.ts';

/** A connection that comes back by itself. */
export interface BrokerConnection {
  /** Undefined while there is none. */
  current(): ChannelModel | undefined;
  /** Why the broker takes no events for now; undefined when it takes them. */
  blockedBecause(): string | undefined;
  /** Why there is no connection. */
  absentBecause(): string;
  closed(): boolean;
  /** Told of each connection, of its loss, and of being blocked or not. @returns stops telling */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

interface Status {
  model: ChannelModel | undefined;
  blocked: string | undefined;
  reason: string;
  closed: boolean;
}

/** Connects in the background and stays connected. */
export function connectBroker(options: BrokerOptions): BrokerConnection {
  const status: Status = {
    model: undefined,
    blocked: undefined,
    reason: 'the first connection is being made',
    closed: false,
  };
  const listeners = new Set<() => void>();
  let blockedTimer: NodeJS.Timeout | undefined;
  const change = (state: BrokerState, next: Partial<Status>) => {
    Object.assign(status, next);
    clearTimeout(blockedTimer);
    options.onStateChange?.(state, next.reason ?? '');
    for (const listener of [...listeners]) listener();
  };
  const recovering = openRecovering(options).then((connection) => {
    follow(connection, change);
    // amqplib reports an error and then the end of the connection; the end is what counts, and 'error' needs a listener.
    connection.on('error', (error) => (status.reason = error.message));
    // Its end is seen as a loss of connection, after which a new one is made.
    const giveUp = () => void status.model?.close();
    connection.on('blocked', () => {
      blockedTimer = setTimeout(giveUp, options.blockedTimeoutMs).unref();
    });
    return connection;
  });
  return {
    current: () => status.model,
    blockedBecause: () => status.blocked,
    absentBecause: () => status.reason,
    closed: () => status.closed,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      if (status.closed) return;
      change('closed', { model: undefined, closed: true, reason: 'the event bus is closed' });
      await (await recovering).close();
    },
  };
}

function follow(connection: RecoveringChannelModel, change: (state: BrokerState, next: Partial<Status>) => void): void {
  connection.on('connect', (model) => change('connected', { model, blocked: undefined, reason: '' }));
  connection.on('connect-failed', (error) => change('connecting', { reason: reasonOf(error) }));
  connection.on('disconnect', (error) =>
    change('connecting', { model: undefined, blocked: undefined, reason: reasonOf(error) }),
  );
  connection.on('blocked', (reason) => change('blocked', { blocked: reason, reason }));
  connection.on('unblocked', () => change('connected', { blocked: undefined, reason: '' }));
}

async function openRecovering(options: BrokerOptions): Promise<RecoveringChannelModel> {
  const { url, name, heartbeatS, reconnectDelayMs } = options;
  // Loaded where there is a broker: an embedded system has none, and each of its threads would hold the client.
  const { connect } = await import('amqplib');
  const address = new URL(url);
  address.searchParams.set('heartbeat', String(heartbeatS));
  return connect(address.href, {
    noDelay: true,
    timeout: 10_000,
    clientProperties: { connection_name: name },
    recovery: { initialDelay: reconnectDelayMs, maxDelay: 10_000, waitForConnect: false },
  });
}

/** Connecting to a name with several addresses fails with one error for all of them, whose own message is empty. */
function reasonOf(error: Error): string {
  return error instanceof AggregateError ? error.errors.map(String).join('; ') : error.message;
}
