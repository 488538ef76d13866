/** Leave to make one call; hand it back with what became of the call. */
export interface Ticket {
  readonly generation: number;
}
export type Admission =
  | { readonly admitted: true; readonly ticket: Ticket }
  | { readonly admitted: false; readonly retryAfterMs: number };

/** `closed`: calls pass. `open`: none does. `half-open`: one passes, to find out. */
export type BreakerState = 'closed' | 'open' | 'half-open';

export interface CircuitBreakerOptions {
  /** Failures in a row that open the breaker. */
  readonly failures: number;
  /** How long it stays open, in milliseconds. */
  readonly pauseMs: number;
  /** Milliseconds that only grow. @default performance.now */
  readonly now?: () => number;
}

/** Keeps calls away from a service that fails, so that it can recover and callers need not wait for it. */
export interface CircuitBreaker {
  state(): BreakerState;
  admit(): Admission;
  succeeded(ticket: Ticket): void;
  failed(ticket: Ticket): void;
}

export function createCircuitBreaker({
  failures,
  pauseMs,
  now = () => performance.now(),
}: CircuitBreakerOptions): CircuitBreaker {
  let state: BreakerState = 'closed';
  let inARow = 0;
  let openUntil = 0;
  // Each change of state starts a new one: what a call from before it has to say is no news any more.
  let generation = 0;

  const enter = (next: BreakerState) => {
    state = next;
    inARow = 0;
    generation++;
    if (next !== 'closed') openUntil = now() + pauseMs;
  };
  const isCurrent = (ticket: Ticket) => ticket.generation === generation;

  return {
    state: () => state,
    admit: () => {
      // Also when half-open: a trial that never comes back must not keep the breaker shut for ever.
      if (state !== 'closed' && now() < openUntil) return { admitted: false, retryAfterMs: openUntil - now() };
      if (state !== 'closed') enter('half-open');
      return { admitted: true, ticket: { generation } };
    },
    succeeded: (ticket) => {
      if (!isCurrent(ticket)) return;
      if (state === 'half-open') enter('closed');
      inARow = 0;
    },
    failed: (ticket) => {
      if (!isCurrent(ticket)) return;
      if (state === 'half-open' || ++inARow >= failures) enter('open');
    },
  };
}
