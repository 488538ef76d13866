import { EngineRequestError } from '@procos/engine-client';

/** What the engine answers when there is no such thing. */
export function notFound(what: string): Error {
  return new EngineRequestError({ method: 'GET', path: `/${what}` }, 404, {
    type: 'RestException',
    message: `${what} does not exist`,
  });
}

/** What the engine answers to a message for which nobody waits. */
export function nobodyWaitsFor(messageName: string): Error {
  return new EngineRequestError({ method: 'POST', path: '/message' }, 400, {
    type: 'RestException',
    message: `org.operaton.bpm.engine.MismatchingMessageCorrelationException: Cannot correlate message '${messageName}': No process definition or execution matches the parameters`,
    code: 0,
  });
}

/** What the engine answers when it does not like the request. */
export function badRequest(message: string, type: string): Error {
  return new EngineRequestError({ method: 'POST', path: '/x' }, 400, { type, message });
}
