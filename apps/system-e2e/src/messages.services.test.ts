import { makeEvent } from '@procos/contracts';
import { createRabbitMqEventBus, type EventBus } from '@procos/event-bus';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { missingService, servicesOf } from './system-mode.ts';
import { useSystem } from './use-system.ts';

const { system } = useSystem();
const patience = { timeout: 40_000, interval: 250 };
let bus: EventBus | undefined;

beforeAll(async () => {
  if (missingService() !== undefined) return;
  const { RABBITMQ_URL: url = '' } = await servicesOf(system().dataDir);
  bus = createRabbitMqEventBus({ url, name: 'shop', onHandlerError: () => undefined });
}, 60_000);
afterAll(() => bus?.close());

interface Kept {
  readonly id: string;
  readonly type: string;
  readonly reason: string;
}

async function messages(
  ...args: readonly string[]
): Promise<{ readonly messages?: readonly Kept[]; readonly replayed?: number; readonly discarded?: number }> {
  const { stdout, stderr, code } = await system().cli('messages', ...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as { messages?: readonly Kept[] };
}

const waiting = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="order_paid_definitions" targetNamespace="https://procos.dev/tests">
  <message id="paid" name="OrderPaid"/>
  <process id="order_paid" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="wait"/>
    <receiveTask id="wait" messageRef="paid"/><sequenceFlow id="f2" sourceRef="wait" targetRef="done"/>
    <endEvent id="done"/>
  </process>
</definitions>`;

describe('what others send to the engine over the broker', () => {
  it('is kept, listed and sent again by the CLI when nobody waits for it yet', async () => {
    await system().engine.repository.deploy({
      name: 'order_paid',
      source: 'test',
      resources: { 'order_paid.bpmn': waiting },
    });
    const message = makeEvent({
      source: '/shop',
      type: 'message.OrderPaid',
      data: { businessKey: 'order-7', processVariables: { paid: 12.5 } },
    });
    await bus?.publish(message);
    await vi.waitFor(
      async () =>
        expect((await messages()).messages).toMatchObject([
          { id: message.id, type: 'message.OrderPaid', reason: 'delivery_limit' },
        ]),
      patience,
    );

    const { id } = await system().engine.runtime.startByKey('order_paid', { businessKey: 'order-7' });
    expect(await messages('replay', message.id)).toMatchObject({ replayed: 1 });

    await vi.waitFor(
      async () => expect((await system().engine.history.instance(id))?.state).toBe('COMPLETED'),
      patience,
    );
    expect(await system().engine.history.variables(id)).toMatchObject({ paid: 12.5 });
    expect((await messages()).messages).toEqual([]);
  }, 120_000);

  it('is thrown away by the CLI when it was a mistake', async () => {
    const mistake = makeEvent({ source: '/shop', type: 'message.OrderPaid', data: { businessKey: 7 } });
    await bus?.publish(mistake);
    await vi.waitFor(
      async () => expect((await messages()).messages).toMatchObject([{ id: mistake.id, reason: 'rejected' }]),
      patience,
    );

    expect(await messages('discard', mistake.id)).toMatchObject({ discarded: 1 });

    expect((await messages()).messages).toEqual([]);
  }, 120_000);

  it('starts a process once, however often the event comes', async () => {
    const start = makeEvent({ source: '/shop', type: 'start.order_paid', data: { businessKey: 'order-8' } });
    for (let turn = 0; turn < 3; turn += 1) await bus?.publish(start);
    await bus?.publish(makeEvent({ source: '/shop', type: 'start.order_paid', data: { businessKey: 'order-9' } }));

    const started = async (businessKey: string) =>
      (await system().engine.history.instances({ processInstanceBusinessKey: businessKey })).length;
    await vi.waitFor(async () => expect(await started('order-9')).toBe(1), patience);
    expect(await started('order-8')).toBe(1);
  }, 120_000);
});
