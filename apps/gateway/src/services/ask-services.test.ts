import type { ServiceRecord } from '@procos/contracts';
import type { ServiceDirectory } from '@procos/service-directory';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askServices } from './ask-services.ts';

const record = {
  service_name: 'gateway',
  endpoint: 'http://gateway.test:8081',
  health_check_url: 'http://gateway.test:8081/readyz',
} as ServiceRecord;
const directory = { list: async () => [record] } as unknown as ServiceDirectory;
const refused = Object.assign(new Error('connect ECONNREFUSED ::1:8081'), { code: 'ECONNREFUSED' });

afterEach(() => vi.restoreAllMocks());

describe('a service that cannot be asked', () => {
  it.each([
    ['one address', refused],
    ['several addresses', new AggregateError([refused, new Error('connect ECONNREFUSED 127.0.0.1:8081')], '')],
  ])('is not ready, with the reason, when its host has %s', async (_, cause) => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed', { cause }));

    const { services } = await askServices(directory);

    expect(services).toMatchObject([{ ready: false, details: { problem: 'connect ECONNREFUSED ::1:8081' } }]);
  });

  it('is not ready, with the time that was waited, when it says nothing', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new DOMException('The operation timed out', 'TimeoutError'));

    const { services } = await askServices(directory);

    expect(services).toMatchObject([{ ready: false, details: { problem: 'no answer within 1500 ms' } }]);
  });
});
