import { describe, expect, it } from 'vitest';
import { nearestNames, readOptions, UsageError } from './options.mjs';

describe('the command line of benches', () => {
  it('names one bench and how it runs', () => {
    expect(readOptions(['worker', '--json', '--publish', '--runs', '3', '--only=chain40,saturation'])).toEqual({
      name: 'worker',
      json: true,
      publish: true,
      help: false,
      runs: 3,
      only: ['chain40', 'saturation'],
    });
    expect(readOptions([])).toEqual({
      name: undefined,
      json: false,
      publish: false,
      help: false,
      runs: undefined,
      only: [],
    });
  });

  it.each([
    [['worker', '--fast'], 'Unknown option --fast, see --help.'],
    [['worker', 'engine-boot'], "One bench at a time: 'worker' or 'engine-boot'?"],
    [['worker', '--runs', 'many'], "--runs must be a whole number of at least 1, not 'many'."],
    [['worker', '--runs'], "--runs must be a whole number of at least 1, not ''."],
  ])('refuses %j', (words, message) => {
    expect(() => readOptions(words)).toThrow(UsageError);
    expect(() => readOptions(words)).toThrow(message);
  });

  it('offers the names that look like the one that does not exist', () => {
    const known = ['app-isolation', 'engine-boot', 'worker'];

    expect(nearestNames('wroker', known)).toEqual(['worker']);
    expect(nearestNames('engine', known)).toEqual(['engine-boot']);
    expect(nearestNames('qqqqqqqqqqqq', known)).toEqual([]);
  });
});
