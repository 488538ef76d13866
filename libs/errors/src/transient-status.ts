/**
 * Whether the same HTTP request may succeed later: time-outs, overload and faults of the server (408, 425, 429, 5xx), but
 * not what a server will never do (501, 505). Source: RFC 9110, 15.6; RFC 8470, 5.2; RFC 6585, 4.
 */
export function isTransientStatus(status: number): boolean {
  return [408, 425, 429].includes(status) || (status >= 500 && status !== 501 && status !== 505);
}
