import { ConfigError } from '@procos/config';
import { describe, expect, it } from 'vitest';
import { refuseUnknownSettings } from './known-settings.ts';

describe('the environment of embedded mode', () => {
  it('may hold the settings of every app, and what the set-up and the engine read', async () => {
    const env = {
      PROCOS_FILE_ROOT: '/x',
      PROCOS_GATEWAY_PORT: '1',
      PROCOS_MAIL_ALLOW: 'example.com',
      PROCOS_SLACK_ADAPTER_PORT: '2',
      PROCOS_ADAPTER_PAUSE: '10',
      PROCOS_REGISTRY_IN_MEMORY: 'true',
      PROCOS_SERVICE_ID: 'x',
      PROCOS_EVENT_POLL_MS: '100',
      PROCOS_CACHE_DIR: '/c',
      PROCOS_ENGINE_LOG_LEVEL: 'INFO',
      PATH: '/bin',
    };

    await expect(refuseUnknownSettings(env)).resolves.toBeUndefined();
  });

  it.each([
    ['LOG_LEVL', 'LOG_LEVL is no setting of ProcOS (did you mean LOG_LEVEL?)'],
    ['OLAMA_URL', 'OLAMA_URL is no setting of ProcOS (did you mean OLLAMA_URL?)'],
    ['WORKER_MAX_TASK', 'WORKER_MAX_TASK is no setting of ProcOS (did you mean WORKER_MAX_TASKS?)'],
    ['PROCOS_LOG_LEVEL', 'PROCOS_LOG_LEVEL is no setting of ProcOS (did you mean LOG_LEVEL?)'],
    ['PROCOS_OPENAI_API_KEY', 'did you mean OPENAI_API_KEY?'],
    ['CAMUNDA_REST_URL', 'CAMUNDA_REST_URL is no setting of ProcOS: write CAMUNDA_URL'],
    ['SMTP_PASS', 'write SMTP_PASSWORD'],
    ['WORKER_POLL_INTERVAL', 'there is no interval'],
    ['WORKER_TOPICS', 'WORKER_TOPICS cannot be used here: it chooses among the workers that run alone'],
    ['WORKER_TYPE', 'WORKER_TYPE cannot be used here'],
  ])('may not hold %s', async (name, reason) => {
    await expect(refuseUnknownSettings({ [name]: 'x' })).rejects.toThrow(reason);
  });

  it.each([
    'HTTP_HOST',
    'CONSUL_HTTP_ADDR',
    'OLLAMA_HOST',
    'OPENAI_ORG_ID',
    'POSTGRES_DB',
    'RABBITMQ_DEFAULT_USER',
    'LOGNAME',
    'HOME',
    'PATH',
    'NODE_ENV',
    'CI',
    'JAVA_HOME',
    'CAMUNDA_DB_PASSWORD',
    'OLLAMA_BASE_URL',
    'OPENAI_TEMPERATURE',
    'SMTP_FROM',
    'PROCOS_TEST_SEED',
    'PROCOS_TEST_CONSUL_URL',
    'PROCOS_E2E_MODE',
    'PROCOS_AGREEMENT',
  ])('may hold %s, of another program or by another name', async (name) => {
    await expect(refuseUnknownSettings({ [name]: 'x' })).resolves.toBeUndefined();
  });

  it('may not hold a misspelt one: the nearest known name is told', async () => {
    const boot = refuseUnknownSettings({ PROCOS_GATEWAY_PROT: '1' });

    await expect(boot).rejects.toThrow(ConfigError);
    await expect(boot).rejects.toThrow(
      'PROCOS_GATEWAY_PROT is no setting of ProcOS (did you mean PROCOS_GATEWAY_PORT?)',
    );
  });
});
