import { silentLogger } from '@procos/logging';
import { createInMemoryServiceDirectory, DirectoryAwayError, type ServiceDirectory } from '@procos/service-directory';
import { describe, expect, it, vi } from 'vitest';
import { procosVersion } from './procos-version.ts';
import { announced } from './announced.ts';
import type { App } from './app.ts';

const config = {
  consulUrl: 'http://localhost:8500',
  serviceId: undefined,
  advertisedUrl: undefined,
  heartbeatMs: 60_000,
};

function sampleApp() {
  const calls: string[] = [];
  const app: App = {
    name: 'sample-worker',
    url: () => 'http://127.0.0.1:4711',
    start: async () => void calls.push('start'),
    stop: async (signal) => void calls.push(`stop ${signal}`),
  };
  return { app, calls };
}

describe('an announced app', () => {
  it('is found while it runs, with the record of the registry, and taken out before it stops', async () => {
    const directory = createInMemoryServiceDirectory([]);
    const { app, calls } = sampleApp();
    const running = announced(app, {
      config: { ...config, serviceId: 'sample-01', workerType: 'generic' },
      directory,
      logger: silentLogger,
    });

    await running.start();
    const [record] = await vi.waitFor(async () => {
      const found = await directory.discover('sample-worker');
      expect(found).toHaveLength(1);
      return found;
    }, 10_000);
    await running.stop('SIGTERM');

    expect(record).toMatchObject({
      service_id: 'sample-01',
      version: procosVersion,
      endpoint: 'http://127.0.0.1:4711',
      health_check_url: 'http://127.0.0.1:4711/readyz',
      tags: ['worker', 'generic'],
    });
    expect(await directory.discover('sample-worker')).toEqual([]);
    expect(calls).toEqual(['start', 'stop SIGTERM']);
    await directory.close();
  });

  it('runs and stops all the same when the directory is away', async () => {
    const away = () => Promise.reject(new DirectoryAwayError('Consul is away'));
    const directory = { register: away, heartbeat: away, deregister: away } as unknown as ServiceDirectory;
    const warned: unknown[] = [];
    const { app, calls } = sampleApp();
    const running = announced(app, {
      config,
      directory,
      logger: { ...silentLogger, warn: (event, fields) => void warned.push({ event, ...fields }) },
    });

    await running.start();
    await running.stop();

    expect(calls).toEqual(['start', 'stop undefined']);
    expect(warned[0]).toEqual({ event: 'announcement_failed', error: 'Consul is away' });
  });

  it('is the app itself where no directory is named', () => {
    const { app } = sampleApp();

    expect(
      announced(app, {
        config: { ...config, consulUrl: undefined },
        directory: createInMemoryServiceDirectory([]),
        logger: silentLogger,
      }),
    ).toBe(app);
  });
});
