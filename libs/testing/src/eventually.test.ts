import { describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';

describe('eventually', () => {
  it('asks again until there is an answer', async () => {
    const answers = [undefined, undefined, 'there'];
    expect(await eventually('answer', async () => answers.shift())).toBe('there');
    expect(answers).toEqual([]);
  });

  it('names what was missing and how long it waited', async () => {
    await expect(eventually('task of topic x', async () => undefined, 30)).rejects.toThrow(
      'There was no task of topic x within 30 ms',
    );
  });

  it('hands on a failure of the question itself', async () => {
    const broken = async (): Promise<string> => Promise.reject(new Error('connection refused'));
    await expect(eventually('answer', broken)).rejects.toThrow('connection refused');
  });
});
