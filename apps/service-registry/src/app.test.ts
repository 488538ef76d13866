import { readConfig } from '@procos/config';
import { silentLogger } from '@procos/logging';
import { createInMemoryServiceDirectory, DirectoryAwayError, DirectoryRefusedError } from '@procos/service-directory';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from '@procos/service-kit';
import { createApp } from './app.ts';
import { serviceRegistryFields } from './config.ts';

const weather = (number: number, more: Record<string, unknown> = {}) => ({
  service_id: `weather-${number}`,
  service_name: 'weather',
  version: '1.0.0',
  endpoint: `http://127.0.0.1:${9_000 + number}`,
  tags: ['europe'],
  ...more,
});

describe('the service registry', () => {
  let app: App;
  let directory: ReturnType<typeof createInMemoryServiceDirectory>;
  beforeEach(async () => {
    directory = createInMemoryServiceDirectory([]);
    app = createApp(
      readConfig(serviceRegistryFields, { PROCOS_SERVICE_REGISTRY_PORT: '0', PROCOS_REGISTRY_MAX_WATCHERS: '1' }),
      {
        logger: silentLogger,
        directory,
      },
    );
    await app.start();
  });
  afterEach(() => app.stop());

  const ask = async (method: string, path: string, body?: unknown) => {
    const sent =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${app.url()}${path}`, { method, ...sent });
    return { status: response.status, body: await response.json() };
  };

  it('makes a service known, with what it has not said filled in', async () => {
    expect(await ask('POST', '/v1/services', weather(1))).toEqual({
      status: 201,
      body: { service_id: 'weather-1', interval_ms: 30_000 },
    });

    expect(await ask('GET', '/v1/services?name=weather')).toMatchObject({
      status: 200,
      body: {
        services: [
          {
            ...weather(1),
            health_check_url: 'http://127.0.0.1:9001/readyz',
            metadata: {},
            last_heartbeat: expect.stringMatching(/^\d{4}-/) as string,
          },
        ],
      },
    });
  });

  it('finds by any of some tags, with and without a name', async () => {
    await ask('POST', '/v1/services', weather(1));
    await ask('POST', '/v1/services', weather(2, { tags: ['asia'] }));
    await ask('POST', '/v1/services', weather(3, { service_name: 'tides', tags: ['asia'] }));
    const found = async (query: string) =>
      ((await ask('GET', `/v1/services?${query}`)).body as { services: { service_id: string }[] }).services.map(
        ({ service_id: id }) => id,
      );

    expect(await found('name=weather&tag=asia,europe')).toEqual(['weather-1', 'weather-2']);
    expect(await found('tag=asia')).toEqual(['weather-2', 'weather-3']);
    expect(await found('name=weather&tag=africa')).toEqual([]);
  });

  it('gives the healthy copies in turn, or always the first', async () => {
    await ask('POST', '/v1/services', weather(1));
    await ask('POST', '/v1/services', weather(2));
    const chosen = async (query = '') =>
      ((await ask('GET', `/v1/services/weather/endpoint${query}`)).body as { service_id: string }).service_id;

    expect([await chosen(), await chosen(), await chosen()]).toEqual(['weather-1', 'weather-2', 'weather-1']);
    expect([await chosen('?strategy=first'), await chosen('?strategy=first')]).toEqual(['weather-1', 'weather-1']);
    expect(await ask('GET', '/v1/services/tides/endpoint')).toMatchObject({
      status: 404,
      body: { error: { code: 'PROCOS_REGISTRY_NOBODY_HEALTHY', message: 'No copy of the service tides is healthy.' } },
    });
  });

  it('hears heartbeats, and tells those whom it does not know to register again', async () => {
    await ask('POST', '/v1/services', weather(1));

    expect(await ask('POST', '/v1/services/weather-1/heartbeat')).toEqual({
      status: 200,
      body: { service_id: 'weather-1' },
    });
    expect(await ask('POST', '/v1/services/weather-9/heartbeat')).toMatchObject({
      status: 404,
      body: {
        error: {
          code: 'PROCOS_REGISTRY_UNKNOWN_SERVICE',
          message: 'No service is registered under the id weather-9.',
          remedy: expect.stringContaining('POST /v1/services') as string,
        },
      },
    });
  });

  it('forgets who goes', async () => {
    await ask('POST', '/v1/services', weather(1));

    expect(await ask('DELETE', '/v1/services/weather-1')).toEqual({ status: 200, body: { service_id: 'weather-1' } });
    expect(await ask('GET', '/v1/services?name=weather')).toEqual({ status: 200, body: { services: [] } });
  });

  it('tells watchers of changes, up to as many as allowed', async () => {
    const { body } = await fetch(`${app.url()}/v1/services/weather/changes`);
    let heard = '';
    void (async () => {
      for await (const chunk of body ?? []) heard += new TextDecoder().decode(chunk as Uint8Array);
    })().catch(() => undefined);
    await vi.waitFor(() => expect(heard).toContain('data: {"services":[]}'), 10_000);
    await ask('POST', '/v1/services', weather(1));

    await vi.waitFor(() => expect(heard).toMatch(/data: \{"services":\[\{"service_id":"weather-1"/), 10_000);
    expect(await ask('GET', '/v1/services/weather/changes')).toMatchObject({
      status: 503,
      body: { error: { code: 'PROCOS_REGISTRY_TOO_MANY_WATCHERS' } },
    });
  });

  it.each([
    ['a name that is none', { service_name: 'a b' }, 'service_name'],
    ['an endpoint that is no web address', { endpoint: 'ftp://x' }, 'endpoint'],
    ['a field that nobody knows', { colour: 'red' }, 'colour is not known here'],
    ['an interval too short', { interval_ms: 1 }, 'interval_ms must be at least 1000'],
  ])('refuses %s', async (_, wrong, expected) => {
    expect(await ask('POST', '/v1/services', weather(1, wrong))).toMatchObject({
      status: 400,
      body: { error: { code: 'PROCOS_REGISTRY_INPUT', message: expect.stringContaining(expected) as string } },
    });
  });

  it('says what to do when the directory is away, or refuses', async () => {
    vi.spyOn(directory, 'discover')
      .mockRejectedValueOnce(new DirectoryAwayError('gone'))
      .mockRejectedValueOnce(new DirectoryRefusedError('no right.'));

    expect(await ask('GET', '/v1/services?name=x')).toMatchObject({
      status: 503,
      body: { error: { code: 'PROCOS_REGISTRY_AWAY' } },
    });
    expect(await ask('GET', '/v1/services?name=x')).toMatchObject({
      status: 422,
      body: { error: { code: 'PROCOS_REGISTRY_REFUSED', message: 'The directory does not accept this: no right.' } },
    });
  });

  it('describes itself', async () => {
    const { body } = await ask('GET', '/openapi.json');

    expect(Object.keys((body as { paths: object }).paths)).toEqual([
      '/v1/services',
      '/v1/services/{service_id}/heartbeat',
      '/v1/services/{service_id}',
      '/v1/services/{service_name}/endpoint',
      '/v1/services/{service_name}/changes',
      '/livez',
      '/readyz',
      '/metrics',
      '/openapi.json',
    ]);
  });
});
