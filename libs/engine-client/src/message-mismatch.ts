import { EngineRequestError } from './engine-errors.ts';

/** The engine's API wraps the exception and drops its number; what is wrong with the request itself has other names. */
const NAMES: ReadonlySet<string | undefined> = new Set(['RestException', 'MismatchingMessageCorrelationException']);

/**
 * Whether the engine has refused a message only because nobody waits for it, or several do: the same message may be taken
 * a moment later.
 *
 * @see https://docs.camunda.org/manual/7.24/reference/rest/message/post-message/
 */
export function isMessageMismatch(thrown: unknown): thrown is EngineRequestError {
  return (
    thrown instanceof EngineRequestError &&
    thrown.status === 400 &&
    thrown.path === '/message' &&
    NAMES.has(thrown.engineType)
  );
}
