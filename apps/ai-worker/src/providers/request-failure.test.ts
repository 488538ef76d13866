import { describe, expect, it } from 'vitest';
import { registerSecret } from '@procos/logging';
import { mayPass, safeDetails, wantedWaitMs } from './request-failure.ts';

describe('the wait a server asks for', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const wait = (headers: Record<string, string>) => wantedWaitMs((name) => headers[name], now);

  it.each([
    [{ 'retry-after': '20' }, 20_000],
    [{ 'retry-after': ' 0 ' }, 0],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'retry-after': '86400' }, 3_600_000],
    [{ 'retry-after': '20', 'retry-after-ms': '250' }, 250],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('of %o is %s ms', (headers, expected) => {
    expect(wait(headers as Record<string, string>)).toBe(expected);
  });
});

describe('details for an operator', () => {
  it('hold no registered secret and no more than a screen', () => {
    registerSecret('sk-canary-in-details');

    expect(safeDetails('Bearer sk-canary-in-details refused')).toBe('Bearer [redacted] refused');
    expect(safeDetails('x'.repeat(5_000))).toHaveLength(2_000);
  });
});

describe('a status', () => {
  it('of overload, time-out, conflict or a fault of the server may pass, not what a server never does', () => {
    expect([200, 400, 401, 403, 404, 408, 409, 422, 425, 429, 500, 501, 503, 505].filter(mayPass)).toEqual([
      408, 409, 425, 429, 500, 503,
    ]);
  });
});
