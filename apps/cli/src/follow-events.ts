import { setTimeout as delay } from 'node:timers/promises';
import type { ProcosEvent } from '@procos/contracts';
import { fromWireError, growingWait, isProcosError } from '@procos/errors';
import type { GatewayClient } from './gateway-client.ts';
import { readSse, type SseMessage } from './sse.ts';

export interface FollowOptions {
  /** Topic pattern: `*` is one word, `#` any number of words. @default all events */
  readonly type?: string | undefined;
  /** Ends the stream when aborted. */
  readonly signal: AbortSignal;
  /** Told when the connection is lost and tried again. */
  readonly onReconnect: (reason: unknown) => void;
}

const pauseMs = { first: 250, longest: 10_000 };

/**
 * Events as they happen, for as long as somebody reads. A lost connection is taken up again after the last event seen;
 * the first connection must succeed.
 */
export async function* followEvents(
  gateway: GatewayClient,
  { type, signal, onReconnect }: FollowOptions,
): AsyncGenerator<ProcosEvent> {
  let lastId: string | undefined;
  let connected = false;
  let attempt = 1;
  while (!signal.aborted) {
    try {
      const headers = { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'last-event-id': lastId }) };
      const { body } = await gateway.open('/v1/events', { query: { type }, headers, signal });
      connected = true;
      for await (const message of body === null ? [] : readSse(body)) {
        attempt = 1;
        lastId = message.id ?? lastId;
        yield toEvent(message);
      }
      if (!signal.aborted) onReconnect('the stream has ended');
    } catch (error) {
      if (signal.aborted) return;
      if (!connected || isRefusal(error)) throw error;
      onReconnect(error);
    }
    await pause(growingWait(pauseMs, attempt), signal);
    attempt += 1;
  }
}

/** The service is there and says no: trying again would not help. */
function isRefusal(error: unknown): boolean {
  return isProcosError(error) && error.status >= 400 && error.status < 500;
}

/** An error may come as the last event of a stream, in the wire form. */
function toEvent({ event, data }: SseMessage): ProcosEvent {
  const content: unknown = JSON.parse(data);
  const told = event === 'error' ? fromWireError(500, content) : undefined;
  if (told !== undefined) throw told;
  return content as ProcosEvent;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
