import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const key = 'ai_query_process';
const driver = useProcessDriver(new URL('./ai_query_process.bpmn', import.meta.url));

/** What input_validation answers to data that keep to the schema: the values, defaults included, are variables of their own. */
function valid(data: Readonly<Record<string, unknown>>) {
  return { ...data, valid: true, validation_errors: [], validation_message: '', validated_data: data };
}
const asked = { user_query: 'What is a process?' };
const autoData = { ...asked, ai_provider: 'auto' };
const answer = {
  ai_response: 'A path.',
  model_used: 'llama3',
  provider: 'ollama',
  finish_reason: 'stop',
  response_time_ms: 12,
};
const selection = {
  selected_provider: 'ollama',
  selection_reason: 'It answers.',
  selection_criteria: { query_length: 18, complexity_score: 0 },
};

async function startedAndValid(data: Readonly<Record<string, unknown>>): Promise<string> {
  const instance = await driver.start(key, asked);
  await (await driver.takeTask('input_validation', instance)).complete(valid(data));
  return instance;
}

describe('ai_query_process', () => {
  it('chooses a provider, asks it and formats the answer when the caller names none', async () => {
    // given
    const instance = await startedAndValid(autoData);

    // when
    await (await driver.takeTask('provider_selection', instance)).complete(selection);
    const question = await driver.takeTask('ai_query', instance);
    await question.complete(answer);
    const formatting = await driver.takeTask('response_formatting', instance);
    await formatting.complete({ formatted_response: { response: 'A path.' } });

    // then
    expect(question.variables).toMatchObject({
      user_query: 'What is a process?',
      selected_provider: 'ollama',
      ai_provider: 'auto',
    });
    expect(question.variables).not.toHaveProperty('max_tokens');
    expect(formatting.variables).toMatchObject({ data: 'A path.', format_type: 'json', include_metadata: 'true' });
    const end = await driver.ended(instance);
    expect(end.path).toEqual([
      'query_received',
      'validate_input',
      'input_valid',
      'provider_chosen',
      'select_provider',
      'ask_ai',
      'format_response',
      'query_answered',
    ]);
    expect(end).toMatchObject({ state: 'COMPLETED', endEvent: 'query_answered', failed: false });
    expect(end.variables).toMatchObject({ formatted_response: { response: 'A path.' }, provider: 'ollama' });
  });

  it('asks the named provider at once', async () => {
    // given
    const instance = await startedAndValid({ ...autoData, ai_provider: 'openai' });

    // when
    const question = await driver.takeTask('ai_query', instance);
    await question.complete({ ...answer, provider: 'openai' });
    await (await driver.takeTask('response_formatting', instance)).complete({ formatted_response: {} });

    // then
    expect(question.variables).toMatchObject({ ai_provider: 'openai' });
    expect(question.variables).not.toHaveProperty('selected_provider');
    const end = await driver.ended(instance);
    expect(end.path).not.toContain('select_provider');
    expect(end.endEvent).toBe('query_answered');
  });

  it('hands the schema to the validation untouched', async () => {
    const instance = await driver.start(key, asked);
    const { variables } = await driver.takeTask('input_validation', instance);
    const schema = JSON.parse(String(variables['validation_schema'])) as { properties: Record<string, unknown> };
    expect(schema.properties).toMatchObject({
      user_query: { minLength: 1, maxLength: 4000 },
      ai_provider: { enum: ['auto', 'openai', 'ollama', 'offline'], default: 'auto' },
      max_tokens: { minimum: 1, maximum: 4000 },
    });
    // How long an answer may be when nobody says so is a setting of the AI worker.
    expect(schema.properties['max_tokens']).not.toHaveProperty('default');
  });

  it('ends in invalid_input and keeps which field is wrong and why', async () => {
    // given
    const errors = [{ field: 'max_tokens', rule: 'maximum', message: 'max_tokens must be at most 4000.' }];
    const instance = await driver.start(key, { ...asked, max_tokens: 9000 });

    // when
    const validation = await driver.takeTask('input_validation', instance);
    await validation.complete({
      valid: false,
      validation_errors: errors,
      validation_message: errors[0]?.message,
      validated_data: null,
    });

    // then
    const end = await driver.ended(instance);
    expect(end).toMatchObject({ endEvent: 'invalid_input', failed: true });
    expect(end.path).toEqual(['query_received', 'validate_input', 'input_valid', 'invalid_input']);
    expect(end.variables).toMatchObject({
      validation_errors: errors,
      validation_message: 'max_tokens must be at most 4000.',
    });
  });

  it('ends in no_provider when nobody can answer', async () => {
    // given
    const instance = await startedAndValid(autoData);

    // when
    await (await driver.takeTask('provider_selection', instance)).bpmnError(
      'NO_PROVIDER',
      'Set OPENAI_API_KEY or OLLAMA_URL.',
    );

    // then
    const end = await driver.ended(instance);
    expect(end).toMatchObject({ endEvent: 'no_provider', failed: true });
    expect(end.path).not.toContain('ask_ai');
    expect(end.variables).toMatchObject({
      error_code: 'NO_PROVIDER',
      error_message: 'Set OPENAI_API_KEY or OLLAMA_URL.',
    });
  });

  it('ends in ai_failed when the AI refuses', async () => {
    // given
    const instance = await startedAndValid({ ...autoData, ai_provider: 'ollama' });

    // when
    await (await driver.takeTask('ai_query', instance)).bpmnError('AI_REFUSED', 'The content filter said no.');

    // then
    const end = await driver.ended(instance);
    expect(end).toMatchObject({ endEvent: 'ai_failed', failed: true });
    expect(end.variables).toMatchObject({ error_code: 'AI_REFUSED', error_message: 'The content filter said no.' });
  });

  it('ends in no_provider when the chosen provider is gone by the time it is asked', async () => {
    // given
    const instance = await startedAndValid(autoData);
    await (await driver.takeTask('provider_selection', instance)).complete(selection);

    // when
    await (await driver.takeTask('ai_query', instance)).bpmnError('NO_PROVIDER', 'Nobody answers any more.');

    // then
    const end = await driver.ended(instance);
    expect(end.path.slice(-3)).toEqual(['ask_ai', 'provider_gone', 'no_provider']);
    expect(end.variables).toMatchObject({ error_message: 'Nobody answers any more.' });
  });

  it('waits with an incident when the last try to ask has failed', async () => {
    // given
    const instance = await startedAndValid({ ...autoData, ai_provider: 'ollama' });

    // when
    await (await driver.takeTask('ai_query', instance)).fail('Ollama request error');

    // then
    expect(await driver.incidents(instance)).toMatchObject([
      { activityId: 'ask_ai', incidentMessage: 'Ollama request error' },
    ]);
    expect(await driver.state(instance)).toBe('ACTIVE');
  });
});
