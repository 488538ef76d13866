import { describe, expect, it } from 'vitest';
import { type CircuitBreaker, createCircuitBreaker, type Ticket } from './circuit-breaker.ts';

let clock = 0;
const breaker = () => createCircuitBreaker({ failures: 3, pauseMs: 1_000, now: () => clock });
function admitted(one: CircuitBreaker): Ticket {
  const admission = one.admit();
  if (!admission.admitted) throw new TypeError('The call was not admitted');
  return admission.ticket;
}
function opened(): CircuitBreaker {
  const one = breaker();
  for (let n = 0; n < 3; n++) one.failed(admitted(one));
  return one;
}

describe('a circuit breaker', () => {
  it('opens after failures in a row, and says how long', () => {
    const one = opened();
    clock += 400;

    expect(one.state()).toBe('open');
    expect(one.admit()).toEqual({ admitted: false, retryAfterMs: 600 });
  });

  it('counts failures in a row only', () => {
    const one = breaker();
    for (let n = 0; n < 10; n++) {
      one.failed(admitted(one));
      one.failed(admitted(one));
      one.succeeded(admitted(one));
    }

    expect(one.state()).toBe('closed');
  });

  it('lets one call find out after its pause', () => {
    const one = opened();
    clock += 1_000;

    const trial = admitted(one);

    expect(one.state()).toBe('half-open');
    expect(one.admit()).toEqual({ admitted: false, retryAfterMs: 1_000 });
    one.succeeded(trial);
    expect([one.state(), one.admit().admitted]).toEqual(['closed', true]);
  });

  it('opens again when the trial fails, and lets another try when the trial never comes back', () => {
    const one = opened();
    clock += 1_000;
    one.failed(admitted(one));
    expect([one.state(), one.admit().admitted]).toEqual(['open', false]);

    clock += 1_000;
    admitted(one);
    clock += 1_000;
    expect(one.admit().admitted).toBe(true);
  });

  it('is not moved by calls from before it opened', () => {
    const one = breaker();
    const [slow, slower] = [admitted(one), admitted(one)];
    for (let n = 0; n < 3; n++) one.failed(admitted(one));
    clock += 1_000;
    admitted(one);

    one.succeeded(slow);
    one.failed(slower);

    expect(one.state()).toBe('half-open');
  });
});
