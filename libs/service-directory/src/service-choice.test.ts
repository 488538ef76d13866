import type { ServiceRecord } from '@procos/contracts';
import { describe, expect, it } from 'vitest';
import { createLeastLoaded, createRoundRobin, type ServiceChoice } from './service-choice.ts';

const copies = (service: string, ...ids: string[]): readonly ServiceRecord[] =>
  ids.map((id) => ({
    service_id: id,
    service_name: service,
    version: '1',
    endpoint: `http://${id}`,
    health_check_url: `http://${id}`,
    tags: [],
    metadata: {},
    last_heartbeat: '',
  }));
const take = (choice: ServiceChoice, records: readonly ServiceRecord[], times: number) =>
  Array.from({ length: times }, () => choice.choose(records)?.record.service_id);

describe.each([
  ['in turn', createRoundRobin],
  ['least loaded', createLeastLoaded],
])('the choice %s', (_, create) => {
  it('finds nobody among none', () => {
    expect(create().choose([])).toBeUndefined();
  });
});

describe('the choice in turn', () => {
  it('takes every copy as often as the others', () => {
    expect(take(createRoundRobin(), copies('mail', 'a', 'b', 'c'), 7)).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a']);
  });

  it('gives each service a turn of its own', () => {
    const choice = createRoundRobin();
    const order = [
      copies('mail', 'a', 'b'),
      copies('chat', 'x', 'y'),
      copies('mail', 'a', 'b'),
      copies('chat', 'x', 'y'),
    ];

    expect(order.map((records) => choice.choose(records)?.record.service_id)).toEqual(['a', 'x', 'b', 'y']);
  });
});

describe('the choice of the least loaded', () => {
  it('takes the copy with the fewest calls under way', () => {
    const choice = createLeastLoaded();
    const records = copies('mail', 'a', 'b', 'c');
    const [first, second, third] = [choice.choose(records), choice.choose(records), choice.choose(records)];
    expect([first, second, third].map((chosen) => chosen?.record.service_id).toSorted()).toEqual(['a', 'b', 'c']);

    second?.release();
    second?.release();

    expect(choice.choose(records)?.record.service_id).toBe(second?.record.service_id);
    expect(take(choice, records, 3).toSorted()).toEqual(['a', 'b', 'c']);
  });
});
