/** No server is trusted to make a process wait longer than this before its next try, in milliseconds. */
export const longestRetryAfterMs = 3_600_000;

/**
 * How long to wait according to a `Retry-After` header: seconds, by some servers with a fraction, or a date.
 *
 * @returns whole milliseconds from now, at most an hour; `undefined` when the header says nothing usable. Source: RFC 9110, 10.2.3.
 */
export function retryAfterMs(header: string | null | undefined, now: number = Date.now()): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(longestRetryAfterMs, Math.ceil(Number(text) * 1_000));
  // Only dates as HTTP writes them: Date.parse alone would take a bare number for a year.
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.min(longestRetryAfterMs, Math.max(0, date - now));
}
