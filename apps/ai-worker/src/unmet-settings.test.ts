import { readConfig } from '@procos/config';
import { describe, expect, it } from 'vitest';
import { aiWorkerFields } from './config.ts';
import { unmetSettings } from './unmet-settings.ts';

const unmet = (env: Record<string, string>) => unmetSettings(readConfig(aiWorkerFields, env));

describe('settings that cannot be honoured', () => {
  it.each([
    [{ AI_STRATEGY: 'local_first' }, 'AI_STRATEGY=local_first', 'AI_DEFAULT_PROVIDER'],
    [{ AI_DEFAULT_PROVIDER: 'offline' }, 'AI_DEFAULT_PROVIDER=offline', 'AI_OFFLINE=true'],
  ])('are told by name, with what to use: %j', (env, setting, remedy) => {
    expect(unmet(env)).toEqual([{ setting, remedy: expect.stringContaining(remedy) as string }]);
  });

  it.each([
    [{}],
    [{ AI_STRATEGY: 'hybrid', OLLAMA_PULL_MODEL: 'true', AI_DEFAULT_PROVIDER: 'ollama' }],
    [{ AI_DEFAULT_PROVIDER: 'offline', AI_OFFLINE: 'true' }],
  ])('are none in %j', (env) => {
    expect(unmet(env)).toEqual([]);
  });
});
