import { EngineRequestError } from '@procos/engine-client';

/** What the engine answers when there is no such thing. */
export function notFound(what: string): Error {
  return new EngineRequestError({ method: 'GET', path: `/${what}` }, 404, {
    type: 'RestException',
    message: `${what} does not exist`,
  });
}

/** What the engine answers when it does not like the request. */
export function badRequest(message: string, type = 'RestException'): Error {
  return new EngineRequestError({ method: 'POST', path: '/x' }, 400, { type, message });
}
