import { inspect } from 'node:util';
import { registerSecret } from '@procos/logging/redaction';

const redacted = '[redacted]';

/**
 * A value that never prints: logs, JSON, templates and the inspector all show `[redacted]`, and so do log lines in which
 * its text has come by another way.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    registerSecret(value);
  }

  /** The value itself. Call it only where it is used, never to keep it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
