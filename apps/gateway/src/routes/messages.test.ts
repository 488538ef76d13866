import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInMemoryServiceDirectory, DirectoryAwayError } from '@procos/service-directory';
import { describe, expect, it } from 'vitest';
import { askBridge } from '../messages/ask-bridge.ts';
import { fakeService } from '../testing/fake-service.ts';
import { startGateway } from '../testing/running-gateway.ts';

describe('messages that could not be delivered', () => {
  it('are asked of the event bridge, which the directory knows', async () => {
    const bridge = await fakeService('event-bridge', { messages: [] });
    const ask = askBridge(createInMemoryServiceDirectory([bridge.record]));

    expect(await ask('GET', '/v1/messages')).toEqual({ messages: [] });
    await bridge.stop();
  });

  it('come back with the bridge’s own error', async () => {
    const answer = {
      error: {
        code: 'PROCOS_EVENT_BRIDGE_UNKNOWN_MESSAGE',
        message: 'No message is kept under the id x.',
        remedy: 'GET /v1/messages',
        data: {},
      },
    };
    const bridge = await fakeService('event-bridge', answer, 404);
    const ask = askBridge(createInMemoryServiceDirectory([bridge.record]));

    await expect(ask('POST', '/v1/messages/x/replay')).rejects.toMatchObject({
      status: 404,
      code: 'PROCOS_EVENT_BRIDGE_UNKNOWN_MESSAGE',
      message: 'No message is kept under the id x.',
    });
    await bridge.stop();
  });

  it('cannot be told while no event bridge is known, or it does not answer', async () => {
    const gone = await fakeService('event-bridge', {});
    await gone.stop();

    await expect(askBridge(createInMemoryServiceDirectory([]))('GET', '/v1/messages')).rejects.toMatchObject({
      code: 'PROCOS_GATEWAY_NO_EVENT_BRIDGE',
      message: 'The event bridge cannot be asked: no healthy copy of it is known.',
    });
    await expect(askBridge(createInMemoryServiceDirectory([gone.record]))('GET', '/v1/messages')).rejects.toMatchObject(
      { code: 'PROCOS_GATEWAY_NO_EVENT_BRIDGE', status: 503 },
    );
  });
});

describe('an event bridge that nobody can name, or that something else answers for', () => {
  it('cannot be asked: the reason is that of the directory', async () => {
    const away = new DirectoryAwayError('Consul gave no answer');
    const directory = { ...createInMemoryServiceDirectory([]), discover: () => Promise.reject(away) };

    await expect(askBridge(directory)('GET', '/v1/messages')).rejects.toMatchObject({
      code: 'PROCOS_GATEWAY_NO_EVENT_BRIDGE',
      message: 'The event bridge cannot be asked: Consul gave no answer.',
    });
  });

  it.each([200, 502])('cannot be asked: an answer %i that is no JSON', async (status) => {
    const proxy = createServer((_request, response) => response.writeHead(status).end('<html>Bad gateway</html>'));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const bridge = await fakeService('event-bridge', {});
    const endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const ask = askBridge(createInMemoryServiceDirectory([{ ...bridge.record, endpoint }]));

    await expect(ask('GET', '/v1/messages')).rejects.toMatchObject({
      code: 'PROCOS_GATEWAY_NO_EVENT_BRIDGE',
      message: `The event bridge cannot be asked: it answers with status ${status}, and not as a bridge does.`,
    });
    proxy.close();
    await bridge.stop();
  });
});

describe('what tells the receivers of a message apart', () => {
  it.each([
    [{ 'two\nlines': { deep: [false] } }],
    [{ plain: { deep: [false] } }],
    [{ 'two\nlines': 1 }],
    [{ 'no\0text': 1 }],
    [{ plain: 'no\0text' }],
  ])('is refused at the door where it is no plain value under a plain name: %j', async (correlation) => {
    const gateway = await startGateway();
    try {
      expect(await gateway.call('POST', '/v1/messages', { body: { name: 'm', correlation } })).toMatchObject({
        status: 400,
        body: { error: { code: 'PROCOS_GATEWAY_INPUT' } },
      });
    } finally {
      await gateway.stop();
    }
  });
});
