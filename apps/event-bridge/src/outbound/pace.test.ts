import { describe, expect, it } from 'vitest';
import { createPace } from './pace.ts';

describe('the pace of readings', () => {
  it('keeps the interval while things happen, and leaves a busy engine alone for four times as long as a reading took', () => {
    expect([0, 20, 40, 100, 150, 900].map((tookMs) => createPace(200).after(true, tookMs))).toEqual([
      200, 180, 160, 400, 600, 800,
    ]);
  });

  it('goes by what readings usually take: a single one that took long is not followed by a long pause', () => {
    const pace = createPace(200);
    const after = (times: number, tookMs: number) =>
      Array.from({ length: times }, () => pace.after(true, tookMs)).at(-1);

    expect(after(5, 20)).toBe(180);
    expect(after(1, 100)).toBe(100);
    expect(after(1, 60_000)).toBe(80);
    expect(after(1, 20)).toBe(180);
    expect(after(4, 100)).toBe(400);
    expect(after(3, 20)).toBe(180);
  });

  it('grows to four intervals when nothing happens, and is short again at once', () => {
    const pace = createPace(200);
    const pauses = Array.from({ length: 30 }, () => pace.after(false, 0));

    expect([pauses[0], pauses.at(-1)]).toEqual([200, 800]);
    expect(pace.after(true, 0)).toBe(200);
  });
});
