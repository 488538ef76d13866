import { describe, expect, it } from 'vitest';
import { offlineProvider } from './offline-provider.ts';

const never = new AbortController().signal;
const ask = (query: string) => offlineProvider.complete({ query, maxTokens: 100, temperature: 0.7 }, never);

describe('the offline answer', () => {
  it('says that no model was asked, repeats the question and says how to get a real answer', async () => {
    const answer = await ask('What is a process?');

    expect(answer.content).toMatch(/^No AI model was asked: .*"What is a process\?"/);
    expect(answer.content).toContain('OPENAI_API_KEY');
    expect(answer).toMatchObject({ model: 'none', usage: { total_tokens: 0 } });
  });

  it('is the same for the same question and another for another', async () => {
    expect(await ask('What is a process?')).toEqual(await ask('What is a process?'));
    expect(await ask('What is a task?')).not.toEqual(await ask('What is a process?'));
  });

  it('shortens a long question without cutting a letter in two', async () => {
    const { content } = await ask('✅'.repeat(400));

    expect(content).toContain(`${'✅'.repeat(300)}…`);
    expect(content.isWellFormed()).toBe(true);
  });
});
