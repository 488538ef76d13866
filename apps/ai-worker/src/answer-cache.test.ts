import { describe, expect, it } from 'vitest';
import { createAnswerCache } from './answer-cache.ts';

describe('the answer cache', () => {
  it('gives the answer again to the same task with the same input only', () => {
    const cache = createAnswerCache<string>();
    cache.set('task 1', { user_query: 'a' }, 'A');

    expect(cache.get('task 1', { user_query: 'a' })).toBe('A');
    expect(cache.get('task 1', { user_query: 'b' })).toBeUndefined();
    expect(cache.get('task 2', { user_query: 'a' })).toBeUndefined();
  });

  it('forgets after its time', () => {
    let time = 0;
    const cache = createAnswerCache<string>({ ttlMs: 100, now: () => time });
    cache.set('task 1', {}, 'A');

    time = 99;
    expect(cache.get('task 1', {})).toBe('A');
    time = 100;
    expect(cache.get('task 1', {})).toBeUndefined();
  });

  it('forgets the oldest when it is full', () => {
    const cache = createAnswerCache<string>({ limit: 2 });
    for (const name of ['1', '2', '3']) cache.set(name, {}, name);

    expect(['1', '2', '3'].map((name) => cache.get(name, {}))).toEqual([undefined, '2', '3']);
  });
});
