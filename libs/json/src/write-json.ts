import './raw-json.ts';
import { InexactNumberError } from './exact-number.ts';

/**
 * Writes JSON as `JSON.stringify` does, a `bigint` digit by digit, but never `null` for a number that is none.
 *
 * @throws InexactNumberError for NaN and the infinities, TypeError for a value that refers to itself or is nothing that JSON has
 */
export function writeJson(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`What is ${typeof value} cannot be written as JSON`);
  // Without `null` in the text nothing can have become null.
  if (text.includes('null')) JSON.stringify(value, refuseNoNumber);
  return text;
}

function refuseNoNumber(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new InexactNumberError(
      `${key === '' ? 'The value' : `The member ${JSON.stringify(key.slice(0, 100))}`} is ${String(value)}, which no number in JSON can say`,
    );
  }
  return value;
}
