import { describe, expect, it } from 'vitest';
import { createFaultWarning } from './leadership-from.ts';

describe('faults of the leadership', () => {
  it('are a warning once a minute, and logged in full for whoever debugs', () => {
    const levels: string[] = [];
    let now = 0;
    const warn = createFaultWarning(
      { warn: () => void levels.push('warn'), debug: () => void levels.push('debug') },
      () => now,
    );
    for (now = 0; now < 120_000; now += 20_000) warn(new Error('the directory is away'));

    expect(levels).toEqual(['warn', 'debug', 'debug', 'warn', 'debug', 'debug']);
  });
});
