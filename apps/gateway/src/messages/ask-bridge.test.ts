import type { ServiceDirectory } from '@procos/service-directory';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askBridge } from './ask-bridge.ts';

const directory = { discover: async () => [{ endpoint: 'http://bridge.test:8085' }] } as unknown as ServiceDirectory;
const refused = Object.assign(new Error('connect ECONNREFUSED ::1:8085'), { code: 'ECONNREFUSED' });

afterEach(() => vi.restoreAllMocks());

describe('an event bridge that cannot be asked', () => {
  it.each([
    ['one address', refused],
    ['several addresses', new AggregateError([refused, new Error('connect ECONNREFUSED 127.0.0.1:8085')], '')],
  ])('is reported with the reason when its host has %s', async (_, cause) => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed', { cause }));

    const asked = askBridge(directory)('GET', '/v1/parked');

    await expect(asked).rejects.toMatchObject({
      code: 'PROCOS_GATEWAY_NO_EVENT_BRIDGE',
      data: { reason: 'connect ECONNREFUSED ::1:8085' },
    });
  });
});
