import { describe, expect, it } from 'vitest';
import { isAboutBigInt, isStackExceeded, jsonPosition } from './runtime-sentences.ts';

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (thrown) {
    return thrown;
  }
}

function endless(): number {
  return 1 + endless();
}

describe('sentences of the runtime', () => {
  it('tell calls that are too deep from sizes that are too large', () => {
    const [deep, large] = [thrownBy(endless), thrownBy(() => 'x'.repeat(2 ** 30))];

    expect([deep, large]).toEqual([expect.any(RangeError), expect.any(RangeError)]);
    expect([deep, large].map((thrown) => isStackExceeded(thrown as RangeError))).toEqual([true, false]);
  });

  it.each<[string, boolean, () => unknown]>([
    ['a number that is added to one', true, () => (1n as unknown as number) + 1],
    ['a function for numbers', true, () => Math.floor(1n as unknown as number)],
    ['something else', false, () => (undefined as unknown as { a: number }).a],
  ])('name a long number: %s', (_, expected, work) => {
    expect(isAboutBigInt(thrownBy(work))).toBe(expected);
  });

  it.each([
    ['[1 2]', 3],
    ['[1, 2', 5],
    ['', undefined],
  ])('name the place where %j is no JSON any more', (text, position) => {
    expect(jsonPosition(thrownBy(() => JSON.parse(text) as unknown))).toBe(position);
  });

  it('name no place in what others throw', () => {
    expect(jsonPosition(new Error('position 3'))).toBeUndefined();
  });
});
