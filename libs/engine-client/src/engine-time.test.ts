import { describe, expect, it } from 'vitest';
import { fromEngineTime, toEngineTime } from './engine-time.ts';

describe("the engine's form of a moment", () => {
  it('is read with its zone', () => {
    expect(fromEngineTime('2026-01-31T12:00:00.123+0200')).toBe('2026-01-31T10:00:00.123Z');
  });

  it('goes there and back unchanged', () => {
    const moment = new Date('2026-11-23T00:00:00.007Z');

    expect(toEngineTime(moment)).toBe('2026-11-23T00:00:00.007+0000');
    expect(fromEngineTime(toEngineTime(moment))).toBe(moment.toISOString());
  });
});
