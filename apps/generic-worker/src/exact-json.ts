import { TerminalError } from '@procos/errors';
import { InexactNumberError, writeJson } from '@procos/json';

/**
 * Data of a task as JSON, digit by digit.
 *
 * @param problem begins the sentence: `The data cannot be sent`
 * @throws TerminalError for a number that JSON cannot say
 */
export function exactJson(data: unknown, problem: string): string {
  try {
    return writeJson(data);
  } catch (thrown) {
    if (thrown instanceof InexactNumberError)
      throw new TerminalError(`${problem}: ${thrown.message}.`, { cause: thrown });
    throw thrown;
  }
}
