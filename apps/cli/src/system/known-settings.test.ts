import { ConfigError } from '@procos/config';
import { describe, expect, it } from 'vitest';
import { refuseUnknownSettings } from './known-settings.ts';

describe('the environment of embedded mode', () => {
  it('may hold the settings of every app, and what the set-up and the engine read', async () => {
    const env = { PROCOS_FILE_ROOT: '/x', PROCOS_GATEWAY_PORT: '1', PROCOS_MAIL_ALLOW: 'example.com', PROCOS_SLACK_ADAPTER_PORT: '2', PROCOS_ADAPTER_PAUSE: '10', PROCOS_REGISTRY_IN_MEMORY: 'true', PROCOS_SERVICE_ID: 'x', PROCOS_EVENT_POLL_MS: '100', PROCOS_CACHE_DIR: '/c', PROCOS_ENGINE_LOG_LEVEL: 'INFO', PATH: '/bin' };

    await expect(refuseUnknownSettings(env)).resolves.toBeUndefined();
  });

  it('may not hold a misspelt one: the nearest known name is told', async () => {
    const boot = refuseUnknownSettings({ PROCOS_GATEWAY_PROT: '1' });

    await expect(boot).rejects.toThrow(ConfigError);
    await expect(boot).rejects.toThrow('PROCOS_GATEWAY_PROT is no setting of ProcOS (did you mean PROCOS_GATEWAY_PORT?)');
  });
});
