import { describe, expect, it } from 'vitest';
import { sampleIncident } from '../testing/samples.ts';
import { incidentsOf } from './incidents-of.ts';

const request = { instanceId: 'aaaa-request', processKey: 'procos_user_request', activityId: 'execute_user_process' };
const first = sampleIncident({ id: 'bbbb-1', instanceId: 'cccc-1', callers: [request] });
const second = sampleIncident({ id: 'bbbb-2', instanceId: 'cccc-2', callers: [request] });
const other = sampleIncident({ id: 'dddd-3', instanceId: 'eeee-3' });
const incidents = [first, second, other];

describe('the incidents that an id stands for', () => {
  it.each([
    ['an incident', 'bbbb-1', [first]],
    ['an instance', 'cccc-2', [second]],
    ['a request', 'aaaa-request', [first, second]],
    ['the beginning of an incident', 'bbbb-2', [second]],
    ['the beginning of a request', 'aaaa', [first, second]],
    ['the beginning of an instance', 'eeee', [other]],
  ])('are found by %s', (_, id, expected) => {
    expect(incidentsOf(incidents, id)).toEqual(expected);
  });

  it('are not guessed: several ids that begin alike are named', () => {
    expect(() => incidentsOf(incidents, 'bbbb')).toThrow('"bbbb" is the beginning of several ids: bbbb-1, bbbb-2');
  });

  it.each(['zzzz', 'bbb', '', ' '])('are none for %j', (id) => {
    expect(() => incidentsOf(incidents, id)).toThrow('No open incident belongs to');
  });
});
