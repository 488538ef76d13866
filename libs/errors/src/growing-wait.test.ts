import { describe, expect, it } from 'vitest';
import { growingWait } from './growing-wait.ts';

describe('a growing wait', () => {
  it('doubles from the first up to the longest, and stays there', () => {
    const waits = [1, 2, 3, 4, 5, 1_000_000].map((attempt) => growingWait({ first: 100, longest: 1_000 }, attempt));

    expect(waits).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it('is the longest from the start where the first is longer', () => {
    expect(growingWait({ first: 60, longest: 10 }, 1)).toBe(10);
  });

  it('of nothing stays nothing, however often', () => {
    expect([1, 1_024, 5_000].map((attempt) => growingWait({ first: 0, longest: 1_000 }, attempt))).toEqual([0, 0, 0]);
  });
});
