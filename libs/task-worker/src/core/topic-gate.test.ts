import { describe, expect, it } from 'vitest';
import { createTopicGate } from './topic-gate.ts';

describe('the limits of a topic', () => {
  it('let as many handlers run at once as there are places', () => {
    const gate = createTopicGate({ concurrency: 2 });
    gate.enter(0);
    gate.enter(0);
    expect([gate.room(0), gate.opensAt(0)]).toEqual([0, Number.POSITIVE_INFINITY]);

    gate.leave();

    expect(gate.room(0)).toBe(1);
  });

  it('let through a burst of one second, then one start at a time at the given rate', () => {
    const gate = createTopicGate({ concurrency: 100, ratePerSecond: 4 });
    for (let start = 0; start < 4; start++) gate.enter(1_000);

    expect([gate.room(1_000), gate.opensAt(1_000)]).toEqual([0, 1_250]);
    expect([gate.room(1_249), gate.room(1_250), gate.room(60_000)]).toEqual([0, 1, 4]);
  });

  it('allow a rate below one a second', () => {
    const gate = createTopicGate({ ratePerSecond: 0.5 });
    gate.enter(0);

    expect([gate.room(1_999), gate.room(2_000), gate.room(9_000)]).toEqual([0, 1, 1]);
  });
});
