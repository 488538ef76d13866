/**
 * Thrown when the broker is away longer than the bus waits, or the bus is closed. What was to be published may be
 * published again: receivers recognise repetitions by the event's id.
 */
export class NotConnectedError extends Error {
  override readonly name = 'NotConnectedError';
  readonly code = 'PROCOS_BROKER_NOT_CONNECTED';
  /** Why there is no connection, for people. */
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    // The reference's words: implementation guide, message broker.
    super('Not connected to message broker', options);
    this.reason = reason;
  }
}

/** Thrown for an event that breaks the contract of events. Publishing it again is no use. */
export class EventRefusedError extends Error {
  override readonly name = 'EventRefusedError';
  readonly code = 'PROCOS_EVENT_REFUSED';
}

/** Thrown by a handler that will never handle this event: it becomes a dead letter at once, and can be replayed. */
export class RejectEventError extends Error {
  override readonly name = 'RejectEventError';
}
