import { describe, expect, it } from 'vitest';
import { OutOfTimeError, withinTime } from './within-time.ts';

const forEver = () => {
  for (;;);
};

describe('a computation with a limit of time', () => {
  it('gives its result, or what it throws', () => {
    expect(withinTime(1_000, () => 7)).toBe(7);
    expect(() => withinTime(1_000, () => JSON.parse('{') as unknown)).toThrow(SyntaxError);
  });

  it('is stopped when it has used up its time', () => {
    const began = performance.now();

    expect(() => withinTime(50, forEver, () => ({ user: 50_000, system: 0 }))).toThrow(new OutOfTimeError(50));
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('is begun anew when the machine did not let it run, but not for ever', () => {
    let begun = 0;
    const slowTwice = () => (++begun <= 2 ? forEver() : 'done');
    const starved = () => ({ user: 1_000, system: 0 });

    expect(withinTime(20, slowTwice, starved)).toBe('done');
    expect(() => withinTime(5, forEver, starved)).toThrow(OutOfTimeError);
  });
});
