import { describe, expect, it } from 'vitest';
import { makeEvent, matchesRoutingKey, ProcosEvent } from './events.ts';
import { compileCheck, renderFaults } from './validation.ts';

describe('a routing key', () => {
  it.each([
    ['kernel.*', 'kernel.starting', true],
    ['kernel.*', 'kernel.starting.now', false],
    ['process.#', 'process.ai_query_process.completed', true],
    ['process.#', 'process', true],
    ['#.failed', 'task.http_request.failed', true],
    ['#', 'anything.at.all', true],
    ['*.x', 'x', false],
  ])('pattern %s against %s: %s', (pattern, key, expected) => {
    expect(matchesRoutingKey(pattern, key)).toBe(expected);
  });
});

describe('an event', () => {
  it('fits its schema', () => {
    const check = compileCheck(ProcosEvent);

    expect(check(makeEvent({ source: '/kernel', type: 'kernel.kernel_starting' })).ok).toBe(true);
  });

  it('without a type is refused by name of the field, not by value', () => {
    const checked = compileCheck(ProcosEvent)({
      ...makeEvent({ source: '/k', type: 'x' }),
      type: undefined,
      time: 'canary',
    });

    expect(checked.ok).toBe(false);
    if (!checked.ok) expect(renderFaults(checked.faults)).toMatch(/^type .*; time must be a date with time/);
    expect(JSON.stringify(checked)).not.toContain('canary');
  });
});
