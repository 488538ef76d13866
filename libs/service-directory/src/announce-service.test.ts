import { describe, expect, it, vi } from 'vitest';
import { announceService } from './announce-service.ts';
import { DirectoryAwayError, UnknownServiceError } from './errors.ts';
import { createInMemoryServiceDirectory } from './in-memory-service-directory.ts';

const registration = {
  service_id: 'mail-1',
  service_name: 'mail',
  version: '1',
  endpoint: 'http://127.0.0.1:9001',
  health_check_url: 'http://127.0.0.1:9001/readyz',
  tags: [],
  metadata: {},
  intervalMs: 20,
};

function world() {
  const real = createInMemoryServiceDirectory([]);
  const directory = {
    ...real,
    register: vi.fn(real.register),
    heartbeat: vi.fn(real.heartbeat),
    deregister: vi.fn(real.deregister),
  };
  return { directory, onFault: vi.fn() };
}

describe('a service that announces itself', () => {
  it('is known, stays healthy by its heartbeats, and is gone when it stops', async () => {
    const { directory, onFault } = world();
    const announcement = announceService(directory, registration, onFault);
    await announcement.tried;

    await vi.waitFor(() => expect(directory.heartbeat.mock.calls.length).toBeGreaterThan(5), 10_000);
    expect(await directory.discover('mail', { healthyOnly: true })).toMatchObject([{ service_id: 'mail-1' }]);
    await announcement.stop();

    expect(await directory.discover('mail')).toEqual([]);
    expect(directory.register).toHaveBeenCalledOnce();
    expect(onFault).not.toHaveBeenCalled();
  });

  it('registers again when the directory has forgotten it', async () => {
    const { directory, onFault } = world();
    const announcement = announceService(directory, registration, onFault);
    await announcement.tried;
    directory.heartbeat.mockRejectedValueOnce(new UnknownServiceError('mail-1'));

    await vi.waitFor(() => expect(directory.register).toHaveBeenCalledTimes(2), 10_000);
    await announcement.stop();

    expect(onFault).not.toHaveBeenCalled();
  });

  it('goes on without a directory, tells it, and registers when there is one', async () => {
    const { directory, onFault } = world();
    const gone = new DirectoryAwayError('gone');
    directory.register.mockRejectedValueOnce(gone).mockRejectedValueOnce(gone);

    const announcement = announceService(directory, registration, onFault);

    await vi.waitFor(async () => expect(await directory.discover('mail')).toHaveLength(1), 10_000);
    expect(onFault.mock.calls).toEqual([[gone], [gone]]);
    directory.deregister.mockRejectedValueOnce(gone);
    await announcement.stop();
    expect(onFault).toHaveBeenCalledTimes(3);
  });
});
