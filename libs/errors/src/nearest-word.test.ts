import { describe, expect, it } from 'vitest';
import { nearestWord } from './nearest-word.ts';

describe('the nearest word', () => {
  it.each([
    ['http_requets', 'http_request'],
    ['HTTP_REQUEST', 'http_request'],
    ['ai_qery', 'ai_query'],
    ['file_opration', 'file_operation'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearestWord(word, ['ai_query', 'file_operation', 'http_request'])).toBe(meant);
  });

  it('is the one that differs least, the first of equals', () => {
    expect(nearestWord('check_order', ['check_mail', 'check_orders', 'check_ordner'])).toBe('check_orders');
  });

  it('is none when too much differs', () => {
    expect(nearestWord('count_words', ['ai_query', 'http_request'])).toBeUndefined();
  });

  it('costs little for a word without end', () => {
    const startedAt = performance.now();

    expect(nearestWord('x'.repeat(1_000_000), ['y'.repeat(1_000_000)])).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
