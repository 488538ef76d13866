import { afterEach, describe, expect, it, vi } from 'vitest';
import { createGatewayClient } from './gateway-client.ts';

const gateway = createGatewayClient({ url: 'http://127.0.0.1:8088', origin: 'the default' });
const failure = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
const fetched = vi.spyOn(globalThis, 'fetch');
afterEach(() => void fetched.mockReset());

describe('a request to the gateway', () => {
  it('is tried again when no connection came about in time: nothing was sent', async () => {
    fetched
      .mockRejectedValueOnce(failure('UND_ERR_CONNECT_TIMEOUT'))
      .mockResolvedValueOnce(Response.json({ requestId: 'r' }));

    expect(await gateway.post('/v1/requests', { body: {} })).toEqual({ requestId: 'r' });
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('is given up after the third time', async () => {
    fetched.mockRejectedValue(failure('UND_ERR_CONNECT_TIMEOUT'));

    await expect(gateway.get('/v1/status')).rejects.toMatchObject({ code: 'PROCOS_CLI_UNREACHABLE' });
    expect(fetched).toHaveBeenCalledTimes(3);
  });

  it.each(['ECONNREFUSED', 'UND_ERR_SOCKET', 'ECONNRESET'])(
    'is not tried again after %s: it may have been carried out',
    async (code) => {
      fetched.mockRejectedValue(failure(code));

      await expect(gateway.post('/v1/requests', { body: {} })).rejects.toMatchObject({
        code: 'PROCOS_CLI_UNREACHABLE',
      });
      expect(fetched).toHaveBeenCalledTimes(1);
    },
  );
});
