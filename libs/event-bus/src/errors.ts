const longestProblem = 500;

/** What a thrown thing says of itself, as it is kept beside a dead letter. */
export function problemOf(thrown: unknown): string {
  const text = thrown instanceof Error && thrown.message !== '' ? thrown.message : String(thrown);
  return text.length > longestProblem ? `${text.slice(0, longestProblem)}…` : text;
}

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

/**
 * Told when the broker gives no answer while a queue is set up; it is tried again by itself. RabbitMQ 3.10 loses a queue
 * that was made in the moments before it was killed, and then answers nobody who wants to consume from it.
 */
export class BrokerSilentError extends Error {
  override readonly name = 'BrokerSilentError';
  readonly code = 'PROCOS_BROKER_SILENT';

  constructor(ms: number, what = 'a channel') {
    super(
      `The broker has not answered within ${ms / 1_000} s while ${what} was set up; it is tried again. When it stays so, RabbitMQ has lost a queue: delete it there (rabbitmqctl delete_queue), and it is made anew.`,
    );
  }
}

/** Thrown for an event that breaks the contract of events. Publishing it again is no use. */
export class EventRefusedError extends Error {
  override readonly name = 'EventRefusedError';
  readonly code = 'PROCOS_EVENT_REFUSED';
}

/** Thrown for an event that is larger than the broker takes. Publishing it again is no use; all others go on. */
export class EventTooLargeError extends Error {
  override readonly name = 'EventTooLargeError';
  readonly code = 'PROCOS_EVENT_TOO_LARGE';

  /** @param limit what the broker takes at most, in bytes; `undefined` when it does not say */
  constructor(type: string, bytes: number, limit: number | undefined) {
    super(
      `The event ${type} has ${bytes} bytes, and the broker takes at most ${limit ?? 'fewer'}. Put what is large into a file and its place into the event, or raise max_message_size of RabbitMQ.`,
    );
  }
}

/** Thrown for an event that the broker does not take from this user. All others go on. */
export class EventNotTakenError extends Error {
  override readonly name = 'EventNotTakenError';
  readonly code = 'PROCOS_EVENT_NOT_TAKEN';

  constructor(type: string, reason: string) {
    super(
      `The broker does not take the event ${type} from us: ${reason}. Give the user of RABBITMQ_URL the right to write it.`,
    );
  }
}

/** Thrown for an event that cannot be written to the file of the queues, as on a full disk. It may be published again. */
export class EventNotKeptError extends Error {
  override readonly name = 'EventNotKeptError';
  readonly code = 'PROCOS_EVENT_NOT_KEPT';

  constructor(type: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The event ${type} cannot be kept: ${reason}. See that the data folder can be written and has room.`, {
      cause,
    });
  }
}

/** Why an event is taken out of its handler's hands: its channel is gone, and the broker hands it out again. */
export class DeliveryLostError extends Error {
  override readonly name = 'DeliveryLostError';

  constructor() {
    super('The channel of this event is gone: the broker hands it out again, to this or another consumer');
  }
}

/** Thrown by a handler that will never handle this event: it becomes a dead letter at once, and can be replayed. */
export class RejectEventError extends Error {
  override readonly name = 'RejectEventError';
}

/** Thrown when a broker answers and does not let us in. */
export class BrokerRefusedError extends Error {
  override readonly name = 'BrokerRefusedError';
}
