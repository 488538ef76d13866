import { parseJson } from '@procos/json';
import express, { type RequestHandler } from 'express';

/**
 * Reads JSON bodies into `request.body`, long integers digit by digit. An empty one is an empty object.
 *
 * @param limit largest body, in bytes
 */
export function jsonBody(limit: number): RequestHandler {
  const isJson = (request: { readonly headers: { readonly 'content-type'?: string } }) =>
    /^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '');
  const readText = express.text({ limit, type: (request) => isJson(request), defaultCharset: 'utf-8' });
  return (request, response, next) => {
    void readText(request, response, (fault: unknown) => {
      if (fault !== undefined) return next(fault);
      const text: unknown = request.body;
      try {
        if (typeof text === 'string') request.body = parsed(text);
      } catch (thrown) {
        return next(thrown);
      }
      next();
    });
  };
}

function parsed(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    const value = parseJson(text);
    if (typeof value === 'object' && value !== null) return value;
    throw new SyntaxError('it is neither an object nor a list');
  } catch (thrown) {
    // The form of the faults that the reader of the body throws.
    throw thrown instanceof SyntaxError ? Object.assign(thrown, { type: 'entity.parse.failed', status: 400 }) : thrown;
  }
}
