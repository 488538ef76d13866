import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { makeEvent } from '@procos/contracts';
import { listen, type ListenOptions, type Listening } from '@procos/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openEventStream } from '../events/event-stream.ts';
import { emptyWorld } from '../testing/engine-world.ts';
import { type GatewayOptions, type RunningGateway, startGateway } from '../testing/running-gateway.ts';

const open: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.stop();
});

async function started(options?: GatewayOptions): Promise<RunningGateway> {
  const gateway = await startGateway(options);
  open.push(gateway);
  return gateway;
}
async function listening(gateway: RunningGateway, options?: ListenOptions): Promise<Listening> {
  const one = await listen(gateway.url, options);
  open.push(one);
  return one;
}
const typesOf = ({ events }: Listening) => events.map((event) => event.type);
const kernelEvent = (id: string) =>
  makeEvent({ id, source: '/kernel', type: 'kernel.engine_ready', data: { component: 'kernel', note: 'line\nbreak' } });

describe('the event stream', () => {
  it('brings the events of the bus that match, as they were published', async () => {
    const gateway = await started();
    const [all, kernel, other] = [
      await listening(gateway),
      await listening(gateway, { type: 'kernel.*' }),
      await listening(gateway, { type: 'task.#' }),
    ];

    await gateway.publish(kernelEvent('e1'));

    await vi.waitFor(
      () =>
        expect([all.events, kernel.events]).toEqual(
          [[kernelEvent('e1')], [kernelEvent('e1')]].map(([event]) => [{ ...event, time: all.events[0]?.time }]),
        ),
      10_000,
    );
    expect(other.events).toEqual([]);
    expect(all.text()).toContain('id: e1\ndata: {');
  });

  it('asks the engine for nothing, however many listen', async () => {
    const world = emptyWorld();
    const gateway = await started({ world });
    const before = world.calls.length;

    const streams = [await listening(gateway), await listening(gateway, { type: 'process.#' })];
    await gateway.publish(kernelEvent('e1'));

    await vi.waitFor(() => expect(streams[0]?.events).toHaveLength(1), 10_000);
    expect(world.calls.slice(before)).toEqual([]);
  });

  it('tells how many listen now in the metrics, and forgets those who left', async () => {
    const gateway = await started();
    const openStreams = async () =>
      /^procos_gateway_streams (\d+)$/m.exec(await (await fetch(`${gateway.url}/metrics`)).text())?.[1];
    expect(await openStreams()).toBe('0');

    const [one] = [await listening(gateway), await listening(gateway)];
    expect(await openStreams()).toBe('2');
    one?.stop();

    await vi.waitFor(async () => expect(await openStreams()).toBe('1'), 10_000);
  });

  it('brings an event that is published again, by a bridge that had to begin anew, once', async () => {
    const gateway = await started();
    const stream = await listening(gateway);

    for (const id of ['e1', 'e2', 'e1', 'e3']) await gateway.publish(kernelEvent(id));

    await vi.waitFor(() => expect(stream.events.map(({ id }) => id)).toEqual(['e1', 'e2', 'e3']), 10_000);
  });

  it('remembers what happened while nobody listened', async () => {
    const gateway = await started();
    const before = await listening(gateway);
    await gateway.publish(kernelEvent('e1'));
    await vi.waitFor(() => expect(before.events).toHaveLength(1), 10_000);
    before.stop();
    await gateway.publish(kernelEvent('e2'));

    const after = await listening(gateway, { lastEventId: 'e1' });

    await vi.waitFor(() => expect(after.events.map((event) => event.id)).toEqual(['e2']), 10_000);
  });

  it('goes on where a listener left, without a gap and without a repetition', async () => {
    const gateway = await started();
    const before = await listening(gateway);
    for (const id of ['e1', 'e2', 'e3']) await gateway.publish(kernelEvent(id));
    await vi.waitFor(() => expect(before.events).toHaveLength(3), 10_000);
    before.stop();

    const after = await listening(gateway, { lastEventId: 'e1' });
    await gateway.publish(kernelEvent('e4'));

    await vi.waitFor(() => expect(after.events.map((event) => event.id)).toEqual(['e2', 'e3', 'e4']), 10_000);
  });

  it('says that there may be a gap when it does not remember where the listener left', async () => {
    const gateway = await started({ env: { PROCOS_GATEWAY_REPLAY_EVENTS: '1' } });
    const before = await listening(gateway);
    for (const id of ['e1', 'e2']) await gateway.publish(kernelEvent(id));
    await vi.waitFor(() => expect(before.events).toHaveLength(2), 10_000);

    const after = await listening(gateway, { type: 'kernel.*', lastEventId: 'e1' });

    await vi.waitFor(() => expect(typesOf(after)).toEqual(['gateway.stream.gap']), 10_000);
  });

  it('has a limit of listeners, and a place again when one leaves', async () => {
    const gateway = await started({ env: { PROCOS_GATEWAY_MAX_STREAMS: '1' } });
    const first = await listening(gateway);

    await expect(listen(gateway.url)).rejects.toThrow('503');
    first.stop();

    const second = await vi.waitFor(() => listening(gateway), 10_000);
    await vi.waitFor(() => expect(second.text()).toContain(': listening'), 10_000);
  });

  it.each(['kernel..x', 'a b', ''])('refuses the pattern "%s"', async (type) => {
    const gateway = await started();

    expect(await gateway.call('GET', `/v1/events?type=${encodeURIComponent(type)}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'PROCOS_GATEWAY_INPUT' } },
    });
  });

  it('ends when the gateway stops', async () => {
    const gateway = await startGateway();
    const stream = await listen(gateway.url);

    await gateway.stop();

    await expect(stream.ended).resolves.toBeUndefined();
  });

  it('drops a listener that does not read, and tells it why as the last event', async () => {
    const gateway = await started();
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.write('GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    open.push({ stop: () => socket.destroy() });

    for (let index = 0; index < 300; index += 1) {
      await gateway.publish(
        makeEvent({
          id: `big-${index}`,
          source: '/kernel',
          type: 'kernel.big',
          data: { component: 'kernel', text: 'x'.repeat(100_000) },
        }),
      );
    }
    let tail = '';
    socket.on('data', (chunk) => (tail = (tail + chunk.toString()).slice(-2_000)));
    socket.resume();
    await new Promise((resolve) => socket.once('end', resolve));

    expect(tail).toMatch(/event: error\ndata: \{"error":\{"code":"PROCOS_GATEWAY_SLOW_CONSUMER"/);
    // The others are served on.
    const other = await listening(gateway);
    await gateway.publish(kernelEvent('after'));
    await vi.waitFor(() => expect(other.events).toHaveLength(1), 10_000);
  });
});

describe('one connection', () => {
  it('shows that it lives while nothing happens', async () => {
    const server = createServer((_request, response) => void openEventStream(response, { heartbeatMs: 20 }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ stop: () => (server.closeAllConnections(), server.close()) });

    const stream = await listen(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    open.push(stream);

    await vi.waitFor(() => expect(stream.text().split(': alive\n\n').length).toBeGreaterThan(3), 10_000);
  });
});
