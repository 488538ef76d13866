import { describe, expect, it } from 'vitest';
import { isTransientStatus } from './transient-status.ts';

describe('an HTTP status', () => {
  it.each([408, 425, 429, 500, 502, 503, 504, 507, 529])('%i may pass', (status) => {
    expect(isTransientStatus(status)).toBe(true);
  });

  it.each([200, 302, 400, 401, 403, 404, 409, 410, 422, 501, 505])('%i stays', (status) => {
    expect(isTransientStatus(status)).toBe(false);
  });
});
