import { RetryableError, TerminalError } from './outcomes.ts';
import { isTransientStatus } from './transient-status.ts';

/** What a worker of ProcOS keeps with the failure of a task beside its message: for people, and for what decides how it goes on. */
export interface FailureDetails {
  /** For people: what else is known. */
  readonly details: string;
  /** Whether the same may work later; `undefined` where nobody has said so, as of a worker in another language. */
  readonly mayPass: boolean | undefined;
}

/** The mark of this form; a later one has another number. */
const form = 1;

/** The details as the engine keeps them: JSON, or the text alone where nothing else is known. */
export function writeFailureDetails({ details, mayPass }: FailureDetails): string {
  return mayPass === undefined ? details : JSON.stringify({ procosFailure: form, mayPass, details });
}

/** What {@link writeFailureDetails} has written; any other text is for people. */
export function readFailureDetails(text: string): FailureDetails {
  const { procosFailure, mayPass, details } = memberOf(text);
  return procosFailure === form && typeof mayPass === 'boolean' && typeof details === 'string'
    ? { details, mayPass }
    : { details: text, mayPass: undefined };
}

function memberOf(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith('{')) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // Details that begin with a brace and are no JSON.
    return {};
  }
}

/** Codes of Node and of its HTTP client for a network or a server that did not answer. */
const codesOfNetwork: ReadonlySet<unknown> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
]);
const deepest = 8;

/**
 * Whether what was thrown may not be thrown the next time: a `RetryableError`, or anything caused by a network, a time that
 * was up or a server that has too much to do. A `TerminalError` never.
 */
export function mayErrorPass(thrown: unknown): boolean {
  if (thrown instanceof TerminalError) return false;
  let error = thrown;
  for (let depth = 0; error instanceof Error && depth < deepest; depth += 1) {
    if (error instanceof RetryableError || error.name === 'TimeoutError') return true;
    if ('code' in error && codesOfNetwork.has(error.code)) return true;
    if ('status' in error && typeof error.status === 'number' && isTransientStatus(error.status)) return true;
    error = error instanceof AggregateError ? error.errors[0] : error.cause;
  }
  return false;
}
