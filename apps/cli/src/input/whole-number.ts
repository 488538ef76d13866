import { InvalidArgumentError } from 'commander';

/** For commander: a whole number of at least 0. */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of at least 0.');
}
