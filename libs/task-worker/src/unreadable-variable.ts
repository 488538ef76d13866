import type { UnreadableValue } from '@procos/engine-client';
import { TerminalError } from '@procos/errors';

/** The outcome of a task that needs a variable which nobody can read. */
export function unreadableVariable(name: string, { reason }: UnreadableValue): TerminalError {
  return new TerminalError(`The variable ${name} cannot be read: ${reason}.`, {
    details: 'Set the variable anew, then have the task tried again.',
  });
}
