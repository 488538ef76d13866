import { useOwnService } from '@procos/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createConsulServiceDirectory } from './consul-service-directory.ts';
import type { ServiceDirectory } from './service-directory.ts';

const patience = { timeout: 20_000, interval: 50 };
const token = '6e5f0c53-5f0a-4f3c-9c0e-2f6d5b1e7a11';
const registration = {
  service_id: 'mail-1',
  service_name: 'mail',
  version: '1',
  endpoint: 'http://127.0.0.1:9001',
  health_check_url: 'http://127.0.0.1:9001/readyz',
  tags: [],
  metadata: {},
};

// A Consul of their own, which denies everything to those without a token.
const consul = useOwnService('consul', { acl: { token } });
const open: ServiceDirectory[] = [];
const directory = (options: { readonly token?: string; readonly onFault?: (thrown: unknown) => void } = { token }) => {
  const made = createConsulServiceDirectory({ url: consul().url, onFault: vi.fn(), timeoutMs: 2_000, ...options });
  open.push(made);
  return made;
};

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

describe('Consul with access control', () => {
  it('lets nobody register without a token, and shows nothing', async () => {
    const stranger = directory({});

    await expect(stranger.register(registration)).rejects.toMatchObject({
      name: 'DirectoryRefusedError',
      code: 'PROCOS_DIRECTORY_REFUSED',
      message: 'Consul refuses the token: it lacks the right to do this.',
    });
    await directory().register(registration);
    expect(await stranger.discover('mail')).toEqual([]);
    await vi.waitFor(async () => expect(await directory().discover('mail')).toHaveLength(1), patience);
  });

  it('is not given what it cannot keep', async () => {
    const one = directory();

    await expect(one.register({ ...registration, metadata: { 'a b': 'x' } })).rejects.toThrow(
      'The directory cannot keep "a b"',
    );
    await expect(one.register({ ...registration, metadata: { long: 'x'.repeat(513) } })).rejects.toThrow(
      'The directory cannot keep "long"',
    );
  });
});

describe('Consul, ended with kill -9', () => {
  it('is answered for from memory while it is away, and asked again when it is back; watchers go on', async () => {
    const onFault = vi.fn();
    const one = directory({ token, onFault });
    await one.register({ ...registration, service_id: 'chat-1', service_name: 'chat' });
    await vi.waitFor(async () => expect(await one.discover('chat', { healthyOnly: true })).toHaveLength(1), patience);
    const reported: number[] = [];
    one.watch('chat', (records) => void reported.push(records.length));
    await vi.waitFor(() => expect(reported).toEqual([1]), patience);

    await consul().kill();

    expect(await one.discover('chat', { healthyOnly: true })).toMatchObject([{ service_id: 'chat-1' }]);
    expect(onFault).toHaveBeenCalledWith(expect.objectContaining({ name: 'DirectoryAwayError' }));
    await expect(one.discover('nobody')).rejects.toMatchObject({
      name: 'DirectoryAwayError',
      code: 'PROCOS_DIRECTORY_AWAY',
      message: expect.stringMatching(/^Consul cannot be asked: /) as string,
    });
    await expect(one.heartbeat('chat-1')).rejects.toMatchObject({ name: 'DirectoryAwayError' });

    await consul().restart();
    await vi.waitFor(() => one.register({ ...registration, service_id: 'chat-2', service_name: 'chat' }), patience);
    // Who has not been heard of since Consul came back is not taken for healthy.
    await one.heartbeat('chat-1');
    await vi.waitFor(() => expect(reported.at(-1)).toBe(2), patience);
    expect(await one.discover('chat')).toHaveLength(2);
  });
});
