import { describe, expect, it } from 'vitest';
import { checkFault, type InstanceOutcome, tellVerdict } from './fault-checker.ts';

const completed = (id: string): InstanceOutcome => ({ id, state: 'COMPLETED', endTime: '2026-01-01T00:00:00Z', hasIncident: false });
const running = (id: string, hasIncident: boolean): InstanceOutcome => ({ id, state: 'ACTIVE', endTime: null, hasIncident });
const event = (instanceId: string, outcome: string, id = `${instanceId}-${outcome}`) => ({ id, instanceId, type: `process.probe.${outcome}` });
const both = (instanceId: string) => [event(instanceId, 'started'), event(instanceId, 'completed')];
const check = (input: Partial<Parameters<typeof checkFault>[0]>) => checkFault({ processKey: 'probe', started: [], runningAtFault: [], history: [], events: [], ...input });

describe('the checker of faults', () => {
  it('finds nothing wrong when all have ended and each event was received, and counts those that went on after the fault', () => {
    const verdict = check({ started: ['a', 'b'], runningAtFault: ['b'], history: [completed('a'), completed('b')], events: [...both('a'), ...both('b')] });

    expect(verdict).toEqual({ lost: [], unexpected: [], duplicated: 0, recovered: 1 });
  });

  it('takes an instance at an incident for settled, one that just stands still for lost', () => {
    const events = [event('a', 'started'), event('b', 'started')];

    const verdict = check({ started: ['a', 'b', 'c'], runningAtFault: ['a', 'b'], history: [running('a', true), running('b', false)], events });

    expect(verdict.lost).toEqual(['instance b (ACTIVE)', 'instance c (unknown to history)']);
    expect(verdict.recovered).toBe(1);
  });

  it('misses an event that nobody received, and does not know one that history does not explain', () => {
    const verdict = check({ started: ['a'], history: [completed('a')], events: [event('a', 'started'), event('z', 'started')] });

    expect(verdict).toMatchObject({ lost: ['process.probe.completed of a'], unexpected: ['process.probe.started of z'] });
  });

  it('counts repetitions by their id, and tells an end that came before its start', () => {
    const verdict = check({ started: ['a'], history: [completed('a')], events: [...both('a').toReversed(), event('a', 'started')] });

    expect(verdict).toMatchObject({ lost: [], unexpected: ['process.probe.completed of a before its start'], duplicated: 1 });
    expect(tellVerdict(verdict)).toBe('lost 0, unexpected 1, duplicated 1, recovered 0');
  });
});
