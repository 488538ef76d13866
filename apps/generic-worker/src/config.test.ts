import { readFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { configTable, readConfig } from '@procos/config';
import { taskContracts } from '@procos/contracts';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import { silentLogger } from '@procos/logging';
import { createApp } from './app.ts';
import { genericWorkerFields } from './config.ts';

const secret = 'canary-4711-secret';

describe('the configuration', () => {
  it('reads allowed addresses, services and secrets', () => {
    const record = {
      service_id: 'a',
      service_name: 'stock',
      version: '1',
      endpoint: 'http://x',
      health_check_url: 'http://x/livez',
      tags: [],
      metadata: {},
      last_heartbeat: '2026-01-01T00:00:00Z',
    };

    const config = readConfig(genericWorkerFields, {
      PROCOS_HTTP_ALLOW: 'intranet, 10.0.0.0/8',
      PROCOS_SERVICES: JSON.stringify([record]),
      PROCOS_SECRETS: JSON.stringify({ KEY: { host: 'API.example.com', value: secret } }),
    });

    expect(config.httpAllow).toEqual(['intranet', '10.0.0.0/8']);
    expect(config.services).toEqual([record]);
    expect(config.secrets.get('KEY')?.host).toBe('api.example.com');
    expect(inspect(config, { depth: 9 })).not.toContain(secret);
  });

  it('tells every fault at once, and no secret', () => {
    const faults = {
      PROCOS_HTTP_ALLOW: 'http://x',
      PROCOS_SERVICES: '[{}]',
      PROCOS_SECRETS: `{"KEY":"${secret}"`,
      PROCOS_FILE_MAX_BYTES: '-1',
    };

    expect(() => readConfig(genericWorkerFields, faults)).toThrow(
      /PROCOS_FILE_MAX_BYTES must be a whole number.*\n.*PROCOS_HTTP_ALLOW "http:\/\/x" is no host name.*\n.*PROCOS_SERVICES is wrong in record 0: service_id is required.*\n.*PROCOS_SECRETS cannot be used$/,
    );
  });

  it.each([
    ['short', 'at least 8 characters'],
    ['canary-\r\nX-Evil: 1', 'no control characters'],
  ])('refuses a secret that cannot be kept one, and says which and why: %j', (value, reason) => {
    const read = () =>
      readConfig(genericWorkerFields, { PROCOS_SECRETS: JSON.stringify({ KEY: { host: 'api.example.com', value } }) });

    expect(read).toThrow(new RegExp(`PROCOS_SECRETS is wrong in KEY: its value must have ${reason}`));
    expect(read).not.toThrow(/short|canary/);
  });

  it('is told in the README', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

    expect(readme).toContain(`<!-- config:begin -->\n${configTable(genericWorkerFields)}\n<!-- config:end -->`);
  });
});

describe('the app', () => {
  it('can be made without an engine', () => {
    const app = createApp(readConfig(genericWorkerFields, {}), {
      logger: silentLogger,
      directory: createInMemoryServiceDirectory([]),
    });

    expect(app.name).toBe('generic-worker');
  });

  it('serves topics that are all in the list of contracts', () => {
    const topics = taskContracts.map((contract) => contract.topic);

    expect(topics).toEqual(
      expect.arrayContaining([
        'file_operation',
        'http_request',
        'input_validation',
        'response_formatting',
        'service_call',
      ]),
    );
  });
});
