import { describe, expect, it } from 'vitest';
import { compareRuns, median, percentile, seededRandom } from './statistics.ts';

describe('the statistics of benches', () => {
  it('take the middle of an even number of runs from both neighbours', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(percentile([1, 2, 3, 4, 5], 0.99)).toBeCloseTo(4.96, 10);
    expect(median([])).toBeNaN();
  });

  it('draw the same numbers for the same seed', () => {
    const [one, two, other] = [seededRandom(1), seededRandom(1), seededRandom(2)];
    const first = [one(), one(), one()];

    expect([two(), two(), two()]).toEqual(first);
    expect(other()).not.toBe(first[0]);
    expect(first.every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it('give a ratio above 1 when ours is better, whether that is less or more', () => {
    const times = compareRuns({ ours: [10, 11, 9], theirs: [20, 22, 18] });
    const rates = compareRuns({ ours: [20, 22, 18], theirs: [10, 11, 9], better: 'higher' });

    expect(times).toMatchObject({ ours: 10, theirs: 20, ratio: 2 });
    expect(rates).toMatchObject({ ours: 20, theirs: 10, ratio: 2 });
  });

  it('hold the ratio within an interval that is the same every time, and wider for fewer and wilder runs', () => {
    const calm = compareRuns({ ours: [100, 101, 99, 100, 102, 98], theirs: [150, 151, 149, 150, 152, 148] });
    const wild = compareRuns({ ours: [100, 160, 60], theirs: [150, 90, 230] });
    const width = ({ ci95 }: { ci95: readonly [number, number] }) => ci95[1] - ci95[0];

    expect(calm.ci95[0]).toBeLessThanOrEqual(calm.ratio);
    expect(calm.ci95[1]).toBeGreaterThanOrEqual(calm.ratio);
    expect(width(wild)).toBeGreaterThan(width(calm));
    expect(compareRuns({ ours: [100, 160, 60], theirs: [150, 90, 230] })).toEqual(wild);
  });
});
