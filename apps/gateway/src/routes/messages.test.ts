import { createInMemoryServiceDirectory } from '@procos/service-directory';
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
    const told = {
      error: {
        code: 'PROCOS_EVENT_BRIDGE_UNKNOWN_MESSAGE',
        message: 'No message is kept under the id x.',
        remedy: 'GET /v1/messages',
        data: {},
      },
    };
    const bridge = await fakeService('event-bridge', told, 404);
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

describe('what tells the receivers of a message apart', () => {
  it.each([[{ 'two\nlines': { deep: [false] } }], [{ plain: { deep: [false] } }], [{ 'two\nlines': 1 }]])(
    'is refused at the door where it is no plain value under a plain name: %j',
    async (correlation) => {
      const gateway = await startGateway();
      try {
        expect(await gateway.call('POST', '/v1/messages', { body: { name: 'm', correlation } })).toMatchObject({
          status: 400,
          body: { error: { code: 'PROCOS_GATEWAY_INPUT' } },
        });
      } finally {
        await gateway.stop();
      }
    },
  );
});
