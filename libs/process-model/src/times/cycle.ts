import { cronFault } from './cron.ts';
import { isDateTime } from './date-time.ts';
import { isDuration } from './duration.ts';

/**
 * What is wrong with a repetition for the engine: `R3/PT10M`, with a date before or after the duration, or cron.
 *
 * @returns undefined when nothing is
 */
export function cycleFault(text: string): string | undefined {
  if (text.startsWith('R')) return repetitionFault(text);
  if (/^P[^\s]*\/R\d*$/.test(text)) return 'the number of repetitions stands first';
  if (isDuration(text) || isDateTime(text)) return 'it says nothing of repetitions';
  return cronFault(text);
}

function repetitionFault(text: string): string | undefined {
  const [times = '', first, second, ...more] = text.split('/');
  if (!/^R\d{0,9}$/.test(times)) return `"${times.slice(0, 30)}" is no number of repetitions`;
  if (first === undefined || more.length > 0) return 'it is R, the number of repetitions, and a duration';
  if (first.startsWith('P'))
    return durationFault(first) ?? (second === undefined || isDateTime(second) ? undefined : dateFault(second));
  if (!isDateTime(first)) return dateFault(first);
  if (second === undefined) return 'the duration is missing';
  return second.startsWith('P') ? durationFault(second) : isDateTime(second) ? undefined : dateFault(second);
}

function durationFault(text: string): string | undefined {
  return isDuration(text) ? undefined : `"${text.slice(0, 30)}" is no duration`;
}

function dateFault(text: string): string {
  return `"${text.slice(0, 30)}" is no date`;
}
