import { describe, expect, it, vi } from 'vitest';
import { createGatewayClient } from './gateway-client.ts';

const failure = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
const accepted = { requestId: 'r', state: 'RUNNING' };
const fetched = vi.fn<typeof fetch>();
const gateway = createGatewayClient({ url: 'http://127.0.0.1:8088/', fetch: fetched, headers: { 'x-proxy': 'open' } });

describe('a request to the gateway', () => {
  it('names the operation, with what its path, query, header and body take', async () => {
    fetched.mockReset().mockResolvedValue(Response.json(accepted));

    await gateway.createRequest({ header: { 'idempotency-key': 'k' }, body: { process: 'order' } });
    await gateway
      .callAsWritten('deleteDefinition', {
        path: { key: 'größe/1' },
        query: { version: 3, cascade: undefined },
      })
      .catch(() => undefined);

    const [[url, init], [other, otherInit]] = fetched.mock.calls as [
      Parameters<typeof fetch>,
      Parameters<typeof fetch>,
    ];
    expect(url).toEqual(new URL('http://127.0.0.1:8088/v1/requests'));
    expect(init).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-proxy': 'open', 'idempotency-key': 'k' },
      body: '{"process":"order"}',
    });
    expect(other).toEqual(new URL('http://127.0.0.1:8088/v1/process-definitions/gr%C3%B6%C3%9Fe%2F1?version=3'));
    expect(otherInit?.body).toBeUndefined();
  });

  it('is tried again when no connection came about in time: nothing was sent', async () => {
    fetched
      .mockReset()
      .mockRejectedValueOnce(failure('UND_ERR_CONNECT_TIMEOUT'))
      .mockResolvedValueOnce(Response.json(accepted));

    expect(await gateway.createRequest({ body: { process: 'p' } })).toEqual(accepted);
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('is given up after the third time', async () => {
    fetched.mockReset().mockRejectedValue(failure('UND_ERR_CONNECT_TIMEOUT'));

    await expect(gateway.getStatus()).rejects.toMatchObject({ code: 'PROCOS_API_UNREACHABLE' });
    expect(fetched).toHaveBeenCalledTimes(3);
  });

  it.each(['ECONNREFUSED', 'UND_ERR_SOCKET', 'ECONNRESET'])(
    'is not tried again after %s: it may have been carried out',
    async (code) => {
      fetched.mockReset().mockRejectedValue(failure(code));

      await expect(gateway.createRequest({ body: { process: 'p' } })).rejects.toMatchObject({
        code: 'PROCOS_API_UNREACHABLE',
        data: { url: 'http://127.0.0.1:8088' },
      });
      expect(fetched).toHaveBeenCalledTimes(1);
    },
  );

  it('throws the abort of its signal as it is', async () => {
    fetched.mockReset().mockImplementation(async (_, init) => Promise.reject(init?.signal?.reason as Error));

    await expect(gateway.getStatus({}, { signal: AbortSignal.abort() })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }) as Error,
    );
  });
});
