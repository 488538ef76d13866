import type { EventCheck } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { type InstanceOutcome, judgeFault, renderVerdict } from './fault-checker.ts';

const completed = (id: string): InstanceOutcome => ({
  id,
  state: 'COMPLETED',
  endTime: '2026-01-01T00:00:00Z',
  hasIncident: false,
});
const running = (id: string, hasIncident: boolean): InstanceOutcome => ({
  id,
  state: 'ACTIVE',
  endTime: null,
  hasIncident,
});
const allWell: EventCheck = { lost: [], unexpected: [], duplicated: 0, unstable: [], outOfOrder: [] };
const judge = (input: Partial<Parameters<typeof judgeFault>[0]>) =>
  judgeFault({ started: [], runningAtFault: [], history: [], events: allWell, ...input });

describe('the judge of faults', () => {
  it('finds nothing wrong when all have ended and each event was received, and counts those that went on after the fault', () => {
    const verdict = judge({ started: ['a', 'b'], runningAtFault: ['b'], history: [completed('a'), completed('b')] });

    expect(verdict).toEqual({ lost: [], unexpected: [], duplicated: 0, recovered: 1 });
  });

  it('takes an instance at an incident for lost, unless the fault may lead to one', () => {
    const input = { started: ['a'], runningAtFault: ['a'], history: [running('a', true)] };

    expect(judge(input)).toMatchObject({ lost: ['instance a (ACTIVE at an incident)'], recovered: 0 });
    expect(judge({ ...input, mayNeedPeople: true })).toMatchObject({ lost: [], recovered: 1 });
  });

  it('takes one that just stands still for lost, whatever the fault may lead to', () => {
    const verdict = judge({
      mayNeedPeople: true,
      started: ['a', 'b', 'c'],
      runningAtFault: ['a', 'b'],
      history: [running('a', true), running('b', false)],
    });

    expect(verdict.lost).toEqual(['instance b (ACTIVE)', 'instance c (unknown to history)']);
    expect(verdict.recovered).toBe(1);
  });

  it('misses events that nobody received, and wonders at those that nothing explains, that changed their id, or came too early', () => {
    const verdict = judge({
      events: { lost: ['l'], unexpected: ['u'], duplicated: 2, unstable: ['s'], outOfOrder: ['o'] },
    });

    expect(verdict).toEqual({ lost: ['l'], unexpected: ['u', 's with another id', 'o'], duplicated: 2, recovered: 0 });
    expect(renderVerdict(verdict)).toBe('lost 1, unexpected 3, duplicated 2, recovered 0');
  });
});
