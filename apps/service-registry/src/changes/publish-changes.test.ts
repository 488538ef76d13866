import type { ProcosEvent, ServiceRecord } from '@procos/contracts';
import { silentLogger } from '@procos/logging';
import { type Candidate, createInMemoryLeadership, DirectoryAwayError } from '@procos/service-directory';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createChangePublisher } from './publish-changes.ts';

const record = (id: string, more: Partial<ServiceRecord> = {}): ServiceRecord => ({
  service_id: id,
  service_name: 'mail',
  version: '1',
  endpoint: `http://127.0.0.1:9001/${id}`,
  health_check_url: 'http://127.0.0.1:9001/readyz',
  tags: [],
  metadata: {},
  last_heartbeat: '2026-11-23T04:00:00.000Z',
  ...more,
});

/** A directory in which copies come, fall ill and go, and a registry that publishes it. */
function world(name = crypto.randomUUID()) {
  const known = new Map<string, { readonly record: ServiceRecord; readonly healthy: boolean }>();
  const published: ProcosEvent[] = [];
  const faults: { directory?: Error; broker?: Error | undefined; isSilent?: boolean } = {};
  const directory = {
    list: async ({ healthyOnly = false }: { readonly healthyOnly?: boolean } = {}) => {
      if (faults.directory !== undefined) throw faults.directory;
      return [...known.values()].filter(({ healthy }) => healthy || !healthyOnly).map((one) => one.record);
    },
  };
  const publish = async (event: ProcosEvent) => {
    published.push(event);
    if (faults.broker !== undefined) throw faults.broker;
    if (faults.isSilent === true) await new Promise(() => undefined);
  };
  const start = (): Candidate => {
    const publisher = createChangePublisher({
      directory,
      eventBus: { publish },
      leadership: createInMemoryLeadership({ name }),
      logger: silentLogger,
      intervalMs: 5,
    });
    running.push(publisher);
    publisher.start();
    return publisher;
  };
  const lines = () => published.map(({ type, data }) => `${type} ${String(data['service_id'])}`);
  return { known, published, faults, start, lines };
}

const running: Candidate[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

describe('the changes of services', () => {
  it('are published as events: come, fallen ill, well again, moved, gone', async () => {
    const { known, start, lines, published } = world();
    start();
    const becomes = async (line: string) => vi.waitFor(() => expect(lines().at(-1)).toBe(line), 10_000);

    known.set('mail-1', { record: record('mail-1'), healthy: true });
    await becomes('service.mail.registered mail-1');
    known.set('mail-1', { record: record('mail-1'), healthy: false });
    await becomes('service.mail.unhealthy mail-1');
    known.set('mail-1', { record: record('mail-1', { endpoint: 'http://127.0.0.1:9002' }), healthy: true });
    await becomes('service.mail.registered mail-1');
    known.delete('mail-1');
    await becomes('service.mail.deregistered mail-1');

    expect(published[0]).toMatchObject({
      source: '/service-registry',
      subject: 'mail',
      data: { service_id: 'mail-1', service_name: 'mail', endpoint: 'http://127.0.0.1:9001/mail-1' },
    });
    expect(lines()).toHaveLength(4);
  });

  it('are published once by the registry that leads, and the next one goes on where it stopped', async () => {
    const { known, start, lines } = world();
    const [first] = [start(), start()];
    known.set('mail-1', { record: record('mail-1'), healthy: true });
    await vi.waitFor(() => expect(lines()).toEqual(['service.mail.registered mail-1']), 10_000);

    await first.stop();
    known.set('mail-2', { record: record('mail-2'), healthy: true });

    await vi.waitFor(
      () => expect(lines()).toEqual(['service.mail.registered mail-1', 'service.mail.registered mail-2']),
      10_000,
    );
  });

  it('are published again with the same ids when the broker was away', async () => {
    const { known, faults, start, published } = world();
    faults.broker = new Error('Not connected to message broker');
    known.set('mail-1', { record: record('mail-1'), healthy: true });
    start();
    await vi.waitFor(() => expect(published.length).toBeGreaterThan(2), 10_000);

    faults.broker = undefined;
    const before = published.length;
    await vi.waitFor(() => expect(published.length).toBeGreaterThan(before), 10_000);
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(new Set(published.map(({ id }) => id)).size).toBe(1);
    expect(published.length).toBe(before + 1);
  });

  it('hold up no stop while a broker that is away gives no answer', async () => {
    const { known, faults, start, published } = world();
    faults.isSilent = true;
    known.set('mail-1', { record: record('mail-1'), healthy: true });
    const publisher = start();
    await vi.waitFor(() => expect(published).toHaveLength(1), 10_000);

    const began = performance.now();
    await publisher.stop();

    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('are no departures when the directory is away', async () => {
    const { known, faults, start, lines } = world();
    known.set('mail-1', { record: record('mail-1'), healthy: true });
    start();
    await vi.waitFor(() => expect(lines()).toHaveLength(1), 10_000);

    faults.directory = new DirectoryAwayError('gone');
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(lines()).toEqual(['service.mail.registered mail-1']);
  });
});
