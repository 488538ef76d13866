/**
 * What a task handler may throw. The class decides what the engine is told:
 * `BpmnError` takes the modelled path, `RetryableError` uses up one retry, `TerminalError` opens an incident at once.
 * Anything else that is thrown is a bug: retried like a retryable error and logged as an error.
 */

/** The process model knows this outcome: the engine looks for an error boundary event with this code. */
export class BpmnError extends Error {
  readonly code: string;
  /** Variables handed to the catching event. */
  readonly variables: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, variables: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'BpmnError';
    this.code = code;
    this.variables = variables;
  }
}

export interface FailureOptions {
  /** Technical detail for the operator: shown in the incident, never a secret. A line that begins with `→` is shown as advice. */
  readonly details?: string;
  readonly cause?: unknown;
}

/** Trying again cannot help (bad input, missing configuration): retries become 0, an incident opens now. */
export class TerminalError extends Error {
  readonly details: string | undefined;

  constructor(message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TerminalError';
    this.details = options.details;
  }
}

export interface RetryableOptions extends FailureOptions {
  /** Not earlier than this many milliseconds from now. @default the back-off of the task's retry policy */
  readonly retryAfterMs?: number;
}

/** Trying again may help (network, time-out, overload): retries − 1, back-off with jitter. */
export class RetryableError extends Error {
  readonly details: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: RetryableOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'RetryableError';
    this.details = options.details;
    this.retryAfterMs = options.retryAfterMs;
  }
}
