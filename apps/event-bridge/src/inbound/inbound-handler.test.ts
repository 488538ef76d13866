import { makeEvent } from '@procos/contracts';
import { type EngineClient, EngineUnreachableError } from '@procos/engine-client';
import { DeliveryLostError } from '@procos/event-bus';
import { silentLogger } from '@procos/logging';
import { describe, expect, it, vi } from 'vitest';
import { correlateMessage, messageEventVariable } from './correlate-message.ts';
import { createHandledEvents } from './handled-events.ts';
import { inboundHandler, type InboundWork } from './inbound-handler.ts';

const event = makeEvent({
  id: 'm1',
  source: '/shop',
  type: 'message.Paid',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  data: { businessKey: 'order-7' },
});
const away = () => new EngineUnreachableError({ method: 'POST', path: '/x' }, 'engine', new Error('ECONNREFUSED'));
const running = new AbortController().signal;

function handler(work: InboundWork, handled = createHandledEvents(), signal = running) {
  const handle = inboundHandler(work, handled, silentLogger, signal);
  const lost = new AbortController();
  return {
    lose: () => lost.abort(new DeliveryLostError()),
    handle: (isRepetition = false) => Promise.resolve(handle(event, { signal: lost.signal, isRepetition })),
    handled,
  };
}

describe('an event for the engine', () => {
  it('is let go when its channel is lost while the engine is away, and done once when it comes again', async () => {
    let isAway = true;
    const work = vi.fn<InboundWork>(async () => {
      if (isAway) throw away();
    });
    const first = handler(work);
    const waiting = first.handle();
    await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(1), 10_000);
    first.lose();
    await expect(waiting).rejects.toMatchObject({ name: 'DeliveryLostError' });
    isAway = false;

    await handler(work, first.handled).handle(true);
    await handler(work, first.handled).handle(true);

    expect(work.mock.calls.map(([, mayBeDone]) => mayBeDone)).toEqual([false, true]);
  });

  it('whose request is under way when its channel is lost is not sent again beside it', async () => {
    let finish = () => {};
    const work = vi.fn<InboundWork>(() => new Promise<void>((resolve) => (finish = resolve)));
    const first = handler(work);
    const earlier = first.handle();
    await vi.waitFor(() => expect(work).toHaveBeenCalledOnce(), 10_000);
    first.lose();

    const again = handler(work, first.handled).handle(true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    finish();
    await Promise.all([earlier, again]);

    expect(work).toHaveBeenCalledOnce();
  });

  it('is another one when it comes from somebody else under the same id', async () => {
    const work = vi.fn<InboundWork>(async () => undefined);
    const handled = createHandledEvents();
    const handle = inboundHandler(work, handled, silentLogger, running);

    for (const source of ['/shop', '/warehouse', '/shop'])
      await handle({ ...event, source }, { signal: running, isRepetition: false });

    expect(work).toHaveBeenCalledTimes(2);
  });

  it('is tried again when it has failed', async () => {
    const work = vi.fn<InboundWork>().mockRejectedValueOnce(new Error('nobody waits yet')).mockResolvedValue(undefined);
    const one = handler(work);

    await expect(one.handle()).rejects.toThrow('nobody waits yet');
    await one.handle(true);

    expect(work).toHaveBeenCalledTimes(2);
  });
});

describe('a message', () => {
  const engineWith = (instances: readonly object[]) => {
    const correlate = vi.fn(async () => undefined);
    return {
      correlate,
      engine: {
        runtime: { correlate },
        history: { instances: vi.fn(async () => instances) },
      } as unknown as EngineClient,
    };
  };

  it('brings its trace context and its id into the process', async () => {
    const { engine, correlate } = engineWith([]);
    await correlateMessage(engine, event, false);

    expect(correlate).toHaveBeenCalledExactlyOnceWith({
      messageName: 'Paid',
      businessKey: 'order-7',
      variables: { traceparent: event.traceparent, [messageEventVariable]: 'm1' },
    });
  });

  it('of which the engine has the id already is not correlated again', async () => {
    const { engine, correlate } = engineWith([{ id: 'i1' }]);
    await correlateMessage(engine, event, true);

    expect(correlate).not.toHaveBeenCalled();
  });
});
