import { describe, expect, it, vi } from 'vitest';
import { createInMemoryServiceDirectory } from './in-memory-service-directory.ts';
import { describeServiceDirectory } from './testing/service-directory-contract.ts';

describeServiceDirectory('the directory in memory', () => createInMemoryServiceDirectory([]));

describe('the directory in memory', () => {
  const record = {
    service_id: 'gateway-1',
    service_name: 'gateway',
    version: '0.1.0',
    endpoint: 'http://127.0.0.1:8088',
    health_check_url: 'http://127.0.0.1:8088/readyz',
    tags: [],
    metadata: {},
    last_heartbeat: '2026-11-23T04:00:00.000Z',
  };

  it('answers for those that the composition root has named, without heartbeats', async () => {
    const directory = createInMemoryServiceDirectory([record]);

    expect(await directory.discover('gateway', { healthyOnly: true })).toEqual([record]);
    await directory.close();
  });

  it('forgets a copy that was silent for ten minutes', async () => {
    vi.useFakeTimers();
    const directory = createInMemoryServiceDirectory([]);
    const { last_heartbeat: _, ...registration } = record;
    await directory.register(registration);

    vi.advanceTimersByTime(600_000);
    expect(await directory.discover('gateway')).toHaveLength(1);
    vi.advanceTimersByTime(1);

    expect(await directory.discover('gateway')).toEqual([]);
    await directory.close();
    vi.useRealTimers();
  });
});
