import type { RequestHandler } from 'express';
import { serviceErrors } from './errors.ts';
import { jsonBody } from './json-body.ts';

/** Lists and structures inside of each other. The engine reads no JSON beyond 1,000, and a process may wrap what it was given. */
export const deepestBody = 500;

/**
 * Reads JSON bodies and refuses what could be taken here and kept nowhere: nesting that the engine cannot read, and halves
 * of characters, which databases replace in silence.
 *
 * @param limitOf largest body at a path, in bytes, also after it was decompressed
 */
export function readBodies(limitOf: (path: string) => number): RequestHandler {
  const readers = new Map<number, RequestHandler>();
  return (request, response, next) => {
    const limit = limitOf(request.path);
    const read = readers.get(limit) ?? jsonBody(limit);
    readers.set(limit, read);
    void read(request, response, (fault: unknown) => {
      try {
        if (fault === undefined) checkBody(request.body);
      } catch (thrown) {
        return next(thrown);
      }
      next(fault);
    });
  };
}

interface Place {
  readonly value: unknown;
  readonly depth: number;
}

/** Without recursion: the depth of a body is the choice of its sender. */
function checkBody(body: unknown): void {
  const open: Place[] = [{ value: body, depth: 0 }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, depth } = place;
    if (typeof value === 'string' && !value.isWellFormed()) throw serviceErrors.PROCOS_HTTP_BODY_TEXT();
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= deepestBody) throw serviceErrors.PROCOS_HTTP_BODY_TOO_DEEP({ limit: deepestBody });
    for (const [name, inner] of Object.entries(value)) {
      if (!name.isWellFormed()) throw serviceErrors.PROCOS_HTTP_BODY_TEXT();
      open.push({ value: inner, depth: depth + 1 });
    }
  }
}
