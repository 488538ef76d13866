import { describe, expect, it } from 'vitest';
import { isAllowedTopic } from './topic-allowance.ts';

describe('an allow-list of topics', () => {
  it.each([
    ['http_request', ['http_request']],
    ['invoice_post', ['ai_query', 'invoice_*']],
    ['invoice_', ['invoice_*']],
    ['a.b.c', ['a.*.c']],
    ['abab', ['ab*ab']],
    ['anything', ['*']],
    ['x_mid_y_end', ['x*mid*end']],
  ])('allows %s by %s', (topic, patterns) => {
    expect(isAllowedTopic(topic, patterns)).toBe(true);
  });

  it.each([
    ['http_request', []],
    ['http_request', ['http']],
    ['http_request', ['HTTP_REQUEST']],
    ['my_invoice_post', ['invoice_*']],
    ['aba', ['ab*ba']],
    ['a-b-c', ['a.*.c']],
    ['x_end_mid', ['x*mid*end']],
  ])('refuses %s by %s', (topic, patterns) => {
    expect(isAllowedTopic(topic, patterns)).toBe(false);
  });

  it('judges a topic without end at once', () => {
    const startedAt = performance.now();

    expect(isAllowedTopic('a'.repeat(1_000_000), ['*a*a*a*a*a*b'])).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
