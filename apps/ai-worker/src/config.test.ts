import { readFileSync } from 'node:fs';
import { configTable, readConfig } from '@procos/config';
import { describe, expect, it } from 'vitest';
import { aiWorkerFields } from './config.ts';

describe('the settings of the AI worker', () => {
  it('have the defaults of the contract: names of models and addresses can be changed (traps T14, T15)', () => {
    expect(readConfig(aiWorkerFields, {})).toMatchObject({
      openaiApiKey: undefined,
      openaiBaseUrl: 'https://api.openai.com/v1',
      openaiModel: 'gpt-3.5-turbo',
      openaiTimeoutMs: 60_000,
      ollamaUrl: 'http://localhost:11434',
      ollamaModel: 'llama2',
      ollamaTimeoutMs: 120_000,
      temperature: 0.7,
      offline: false,
      port: 8095,
    });
  });

  it('take the names of the reference: longest answer, default provider, fallback', () => {
    const env = { OPENAI_MAX_TOKENS: '64', AI_DEFAULT_PROVIDER: 'ollama', AI_FALLBACK_ENABLED: 'false' };

    expect(readConfig(aiWorkerFields, env)).toMatchObject({
      maxTokens: 64,
      defaultProvider: 'ollama',
      fallback: false,
    });
    expect(() => readConfig(aiWorkerFields, { AI_DEFAULT_PROVIDER: 'skynet' })).toThrow(/AI_DEFAULT_PROVIDER/);
  });

  it.each([
    ['true', true],
    ['YES', true],
    ['1', true],
    ['false', false],
    ['', undefined],
    [' qwen3:4b ', 'qwen3:4b'],
  ])('take OLLAMA_PULL_MODEL=%s', (text, pullModel) => {
    expect(readConfig(aiWorkerFields, { OLLAMA_PULL_MODEL: text }).pullModel).toBe(pullModel);
  });

  it.each(['-0.1', '2.1', 'warm', ' '])('refuse the temperature "%s"', (text) => {
    expect(() => readConfig(aiWorkerFields, { AI_TEMPERATURE: text })).toThrow(
      `AI_TEMPERATURE must be a number from 0 to 2, is "${text}"`,
    );
  });

  it('take a temperature', () => {
    expect(readConfig(aiWorkerFields, { AI_TEMPERATURE: '0' }).temperature).toBe(0);
  });

  it('never print the key', () => {
    const config = readConfig(aiWorkerFields, { OPENAI_API_KEY: 'sk-canary-in-config' });

    expect(JSON.stringify(config)).not.toContain('sk-canary');
  });

  it('are the table of the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

    expect(readme).toContain(`<!-- config:begin -->\n${configTable(aiWorkerFields)}\n<!-- config:end -->`);
  });
});
