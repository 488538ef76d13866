import { readConfig } from '@procos/config';
import { describe, expect, it } from 'vitest';
import { kernelFields } from './config.ts';

describe('the configuration of the kernel', () => {
  it('has the defaults of the implementation guide', () => {
    expect(readConfig(kernelFields, {})).toMatchObject({
      engineBaseUrl: 'http://127.0.0.1:8080',
      engineName: 'default',
      startupTimeoutSeconds: 120,
      healthCheckIntervalSeconds: 10,
      logLevel: 'info',
      host: '127.0.0.1',
      port: 8090,
    });
  });

  it('reports every fault in one message', () => {
    const env = {
      CAMUNDA_BASE_URL: 'localhost:8080',
      HEALTH_CHECK_INTERVAL: '0',
      AUTO_DEPLOY_PROCESSES: 'yes',
      LOG_LEVEL: 'loud',
    };

    const read = () => readConfig(kernelFields, env);

    for (const name of Object.keys(env)) expect(read).toThrow(new RegExp(name));
  });
});
