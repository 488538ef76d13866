const date = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const otherDates = /^\d{4}-(?:\d{3}|W\d{1,2}(?:-[1-7])?)$/;
const time = /^(\d{1,2})(?::(\d{1,2})(?::(\d{1,2}))?)?(?:[.,]\d+)?$/;
const zone = /(?:Z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)$/;

/**
 * Whether the engine takes a text as a date: ISO 8601, with or without a time, a fraction and an offset from UTC; the day
 * has to exist.
 */
export function isDateTime(text: string): boolean {
  const [day = '', clock, ...more] = text.split('T');
  if (more.length > 0 || (day === '' && clock === undefined)) return false;
  if (clock !== undefined && !isTime(clock)) return false;
  return day === '' || isDay(day);
}

function isDay(text: string): boolean {
  if (otherDates.test(text)) return true;
  const match = date.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isTime(text: string): boolean {
  const match = time.exec(text.replace(zone, ''));
  if (match === null) return text === '';
  const [hour, minute, second] = [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
  return hour <= 23 && minute <= 59 && second <= 59;
}
