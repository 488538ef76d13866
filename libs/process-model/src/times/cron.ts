interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
  /** What stands there besides numbers, lists, ranges and steps. */
  readonly special?: RegExp;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const fields: readonly Field[] = [
  { name: 'second', from: 0, to: 59 },
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31, special: /^(?:\?|L(?:-\d{1,2})?|LW|\d{1,2}W)$/ },
  { name: 'month', from: 1, to: 12, names: months },
  { name: 'day of the week', from: 0, to: 7, names: days, special: /^(?:\?|[0-7A-Z]{1,3}L|[0-7A-Z]{1,3}#[1-5])$/ },
];
const nicknames = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

/**
 * What is wrong with a cron expression for the engine: six fields, seconds first.
 *
 * @returns undefined when nothing is
 */
export function cronFault(text: string): string | undefined {
  if (text.startsWith('@')) return nicknames.has(text) ? undefined : `there is no ${text}`;
  const parts = text.split(/\s+/);
  if (parts.length !== fields.length)
    return `it has ${parts.length} ${parts.length === 1 ? 'field' : 'fields'}, and six are needed, seconds first`;
  for (const [index, field] of fields.entries()) {
    const part = parts[index] ?? '';
    if (!part.split(',').every((item) => isItem(item.toUpperCase(), field)))
      return `"${part.slice(0, 30)}" is no ${field.name}`;
  }
  return undefined;
}

function isItem(item: string, field: Field): boolean {
  if (field.special?.test(item) === true) return true;
  const [span = '', step, ...more] = item.split('/');
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (span === '*') return true;
  const ends = span.split('-');
  return ends.length <= 2 && ends.every((end) => isValue(end, field));
}

function isValue(text: string, { from, to, names }: Field): boolean {
  if (names?.includes(text) === true) return true;
  return /^\d{1,2}$/.test(text) && Number(text) >= from && Number(text) <= to;
}
