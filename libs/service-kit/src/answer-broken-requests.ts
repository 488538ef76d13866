import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { toWireError } from '@procos/errors';
import { serviceErrors } from './errors.ts';

/** Answers what is no HTTP in the form of every other error, where Node would answer with a bare status line. */
export function answerBrokenRequests(server: Server): void {
  server.on('clientError', (fault: NodeJS.ErrnoException, socket: Duplex) => {
    // A connection that was only cut has nobody who reads an answer.
    if (fault.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const [status, phrase] = statusOf(fault.code);
    const text = JSON.stringify(
      toWireError(serviceErrors.PROCOS_HTTP_BROKEN({ reason: phrase.toLowerCase() }, fault)).body,
    );
    socket.end(
      `HTTP/1.1 ${status} ${phrase}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
    );
  });
}

/** Source: the codes of Node's HTTP parser and timers. */
function statusOf(code: string | undefined): readonly [number, string] {
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'Request Header Fields Too Large'];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'Request Timeout'];
  return [400, 'Bad Request'];
}
