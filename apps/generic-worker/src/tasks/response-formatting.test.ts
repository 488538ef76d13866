import { describe, expect, it } from 'vitest';
import { taskContext, tryTask } from '../testing/try-task.ts';
import { responseFormattingTask } from './response-formatting.ts';

const task = responseFormattingTask({ now: () => new Date('2026-01-02T03:04:05Z') });
const format = async (input: unknown) =>
  (await tryTask(task, input, taskContext({ businessKey: 'order 7' })))['formatted_response'];

describe('a JSON answer', () => {
  it('is the default', async () => {
    expect(await format({ data: { a: 1 } })).toEqual({ response: { a: 1 } });
  });

  it('takes the answer of an AI when there is no data', async () => {
    expect(await format({ ai_response: 'A process is …' })).toEqual({ response: 'A process is …' });
  });

  it('is null when there is nothing', async () => {
    expect(await format({})).toEqual({ response: null });
  });

  it('tells when, where and by whom it was made', async () => {
    const input = {
      ai_response: 'x',
      include_metadata: true,
      selected_provider: 'ollama',
      model_used: 'llama',
      usage: { total_tokens: 9 },
    };

    expect(await format(input)).toEqual({
      response: 'x',
      metadata: {
        processed_at: '2026-01-02T03:04:05.000Z',
        process_instance_id: 'instance-1',
        process_key: 'a_process',
        business_key: 'order 7',
        provider: 'ollama',
        model_used: 'llama',
        usage: { total_tokens: 9 },
      },
    });
  });

  it('names the provider that answered rather than the one that was chosen', async () => {
    const input = { data: 1, include_metadata: 'true', provider: 'openai', selected_provider: 'ollama' };

    expect(await format(input)).toMatchObject({ metadata: { provider: 'openai' } });
  });
});

describe('a text answer', () => {
  it('leaves text as it is', async () => {
    expect(await format({ data: 'two\nlines', format_type: 'text' })).toBe('two\nlines');
  });

  it('tells structures as indented lines', async () => {
    const data = { name: 'a.txt', tags: ['x', { deep: true }], none: null, empty: [] };

    expect(await format({ data, format_type: 'text' })).toBe(
      'name: a.txt\ntags:\n  - x\n  -\n    deep: true\nnone: (none)\nempty: (none)',
    );
  });

  it('has its metadata below a line', async () => {
    const text = await format({ data: 'x', format_type: 'text', include_metadata: true, provider: 'offline' });

    expect(text).toBe(
      'x\n\n--\nprocessed_at: 2026-01-02T03:04:05.000Z\nprocess_instance_id: instance-1\nprocess_key: a_process\nbusiness_key: order 7\nprovider: offline',
    );
  });
});

describe('a Markdown answer', () => {
  it('has a heading, nested lists and metadata below a rule', async () => {
    const data = { max_tokens: 5, tags: ['x', 'y'], empty: {} };

    const text = await format({ data, format_type: 'markdown', title: 'The\nanswer', include_metadata: true });

    expect(text).toBe(
      [
        '# The answer',
        '- **max\\_tokens**: 5\n- **tags**\n  - x\n  - y\n- **empty**: (none)',
        '---',
        '- **processed\\_at**: 2026-01-02T03:04:05.000Z\n- **process\\_instance\\_id**: instance-1\n- **process\\_key**: a_process\n- **business\\_key**: order 7',
      ].join('\n\n'),
    );
  });

  it('leaves the Markdown of an AI as it is', async () => {
    expect(await format({ ai_response: '**bold**', format_type: 'markdown' })).toBe('**bold**');
  });
});
