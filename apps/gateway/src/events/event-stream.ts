import type { ServerResponse } from 'node:http';
import type { ProcosEvent } from '@procos/contracts';
import { toWireError } from '@procos/errors';
import { gatewayErrors } from '../errors.ts';

/** One listener's connection. Source: WHATWG HTML, server-sent events. */
export interface EventStream {
  send(event: ProcosEvent): void;
  end(): void;
}

export interface EventStreamOptions {
  /** A comment is sent this often, so that proxies and clients see that the connection lives. @default 15000 */
  readonly heartbeatMs?: number;
  /** A listener for whom more bytes than this wait is dropped. @default 1 MiB */
  readonly longestQueue?: number;
}

/** A dropped listener is given this long to read the reason, in milliseconds. */
const farewellMs = 5_000;

/** Starts an event stream on a response. */
export function openEventStream(response: ServerResponse, options: EventStreamOptions = {}): EventStream {
  const { heartbeatMs = 15_000, longestQueue = 1_048_576 } = options;
  const headers = {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    // Tells nginx and its like to pass events on at once.
    'x-accel-buffering': 'no',
  };
  // Set, not only written: the metrics of requests tell streams apart by them.
  response.setHeaders(new Map(Object.entries(headers))).writeHead(200);
  response.write(': listening\n\n');
  const heartbeat = setInterval(() => response.write(': alive\n\n'), heartbeatMs).unref();
  response.once('close', () => clearInterval(heartbeat));

  const end = (farewell = '') => {
    clearInterval(heartbeat);
    if (response.writableEnded) return;
    response.end(farewell);
    setTimeout(() => response.destroy(), farewellMs).unref();
  };
  return {
    send: (event) => {
      if (response.writableEnded || response.destroyed) return;
      const waiting = response.writableLength;
      if (waiting > longestQueue) end(farewellMessage(waiting));
      else response.write(message(event));
    },
    end: () => end(),
  };
}

/** Line breaks would end the field; JSON holds none. */
function message(event: ProcosEvent): string {
  return `id: ${event.id.replace(/[\r\n\0]/g, ' ')}\ndata: ${JSON.stringify(event)}\n\n`;
}

function farewellMessage(waiting: number): string {
  const { body } = toWireError(gatewayErrors.PROCOS_GATEWAY_SLOW_CONSUMER({ waiting }));
  return `event: error\ndata: ${JSON.stringify(body)}\n\n`;
}
