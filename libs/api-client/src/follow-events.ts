import { setTimeout as delay } from 'node:timers/promises';
import { growingWait, isProcosError } from '@procos/errors';
import { parseJson } from '@procos/json';
import { readAnswer, type WholeOptions } from './call.ts';
import { namedShapes, plans } from './generated/gateway-shapes.ts';
import { refusalIn } from './gateway-refusal.ts';
import type { GatewayEvent } from './operation-types.ts';
import { send } from './send.ts';
import { misfit } from './shape.ts';
import { readSse, type SseMessage } from './sse.ts';

export interface FollowOptions {
  /** Topic pattern: `*` is one word, `#` any number of words. @default all events */
  readonly type?: string | undefined;
  /** Go on after the event with this id, as far as the gateway remembers it. @default with what happens from now on */
  readonly lastEventId?: string | undefined;
  /** Ends the stream when aborted. */
  readonly signal: AbortSignal;
  /** Called with the reason when the connection is lost and tried again. @default nothing */
  readonly onReconnect?: ((reason: unknown) => void) | undefined;
}

const pauseMs = { first: 250, longest: 10_000 };

/**
 * Events as they happen, for as long as somebody reads. A lost connection is taken up again after the last event seen;
 * the first connection must succeed.
 */
export async function* followEvents(
  client: WholeOptions,
  { type, lastEventId, signal, onReconnect = () => undefined }: FollowOptions,
): AsyncGenerator<GatewayEvent> {
  let lastId = lastEventId;
  let connected = false;
  let attempt = 1;
  while (!signal.aborted) {
    try {
      const body = await open(client, { type, lastId, signal });
      connected = true;
      for await (const message of body === null ? [] : readSse(body)) {
        attempt = 1;
        lastId = message.id ?? lastId;
        yield toEvent(client, message);
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

interface Place {
  readonly type: string | undefined;
  readonly lastId: string | undefined;
  readonly signal: AbortSignal;
}

async function open(client: WholeOptions, { type, lastId, signal }: Place): Promise<Response['body']> {
  const header = { accept: 'text/event-stream', 'last-event-id': lastId };
  const response = await send(client, plans.streamEvents, { query: { type }, header }, signal);
  if (!response.ok) await readAnswer(client, plans.streamEvents, response);
  return response.body;
}

/** The service is there and says no: trying again would not help. */
function isRefusal(error: unknown): boolean {
  return isProcosError(error) && error.status >= 400 && error.status < 500;
}

/** An error may come as the last event of a stream, in the wire form. */
function toEvent({ url, errorOf }: WholeOptions, { event, data }: SseMessage): GatewayEvent {
  const content = parseJson(data);
  const refusal = event === 'error' ? refusalIn(500, content) : undefined;
  if (refusal !== undefined) throw errorOf({ kind: 'refused', refusal });
  if (isEvent(content)) return content;
  const reason = `an event is not what its document says, ${misfit(content, namedShapes.Event, namedShapes) ?? ''}`;
  throw errorOf({ kind: 'not-a-gateway', url, reason });
}

function isEvent(content: unknown): content is GatewayEvent {
  return misfit(content, namedShapes.Event, namedShapes) === undefined;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
