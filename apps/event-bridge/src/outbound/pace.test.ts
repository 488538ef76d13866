import { describe, expect, it } from 'vitest';
import { createPace } from './pace.ts';

describe('the pace of readings', () => {
  it('keeps the interval while things happen, and leaves a busy engine alone for four times as long as a reading took', () => {
    const pace = createPace(200);

    expect([0, 20, 40, 100, 150, 900].map((tookMs) => pace.after(true, tookMs))).toEqual([200, 180, 160, 400, 600, 800]);
  });

  it('grows to four intervals when nothing happens, and is short again at once', () => {
    const pace = createPace(200);
    const pauses = Array.from({ length: 30 }, () => pace.after(false, 0));

    expect([pauses[0], pauses.at(-1)]).toEqual([200, 800]);
    expect(pace.after(true, 0)).toBe(200);
  });
});
