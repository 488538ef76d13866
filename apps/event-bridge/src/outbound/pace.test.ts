import { describe, expect, it } from 'vitest';
import { createPace } from './pace.ts';

describe('the pace of readings', () => {
  it('keeps the interval while things happen, whatever a reading took, and leaves the engine a quarter of it', () => {
    const pace = createPace(200);

    expect([0, 50, 190, 900].map((tookMs) => pace.after(true, tookMs))).toEqual([200, 150, 50, 50]);
  });

  it('grows to four intervals when nothing happens, and is short again at once', () => {
    const pace = createPace(200);
    const pauses = Array.from({ length: 30 }, () => pace.after(false, 0));

    expect([pauses[0], pauses.at(-1)]).toEqual([200, 800]);
    expect(pace.after(true, 0)).toBe(200);
  });
});
