import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeEvent } from '@procos/contracts';
import { createEngineClient, type EngineClient } from '@procos/engine-client';
import { type LaunchedEngine, launchEngine } from '@procos/engine-build';
import { createRabbitMqEventBus, type EventBus } from '@procos/event-bus';
import { useOwnService } from '@procos/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startEventVariable } from './inbound/start-process.ts';
import { type RunningBridge, startBridge } from './testing/running-bridge.ts';

// A broker of its own: it waits for an acknowledgement for a second only.
const rabbitmq = useOwnService('rabbitmq');
const consumerTimeoutMs = 1_000;
const awayMs = 6_000;
const patience = { timeout: 60_000, interval: 100 };
const key = `away_${randomUUID().slice(0, 8)}`;
const folder = mkdtempSync(join(tmpdir(), 'procos-away-'));
const faults: string[] = [];
let own: LaunchedEngine | undefined;
let engine: EngineClient;
let door: Door;
let bus: EventBus;
let bridge: RunningBridge;

/** Two receive tasks that wait for one message, one after the other. */
const model = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${key}_definitions" targetNamespace="https://procos.dev/test">
  <message id="paid" name="${key}.paid"/>
  <process id="${key}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="first"/>
    <receiveTask id="first" messageRef="paid"/><sequenceFlow id="f2" sourceRef="first" targetRef="second"/>
    <receiveTask id="second" messageRef="paid"/><sequenceFlow id="f3" sourceRef="second" targetRef="ended"/>
    <endEvent id="ended"/>
  </process>
</definitions>`;

interface Door {
  readonly port: number;
  open(): void;
  /** Nobody comes through any more, and who is inside is cut off. */
  shut(): void;
  close(): void;
}

/** Stands between the bridge and the engine. */
async function doorTo(port: number): Promise<Door> {
  let isOpen = true;
  const inside = new Set<Socket>();
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (!isOpen) return void socket.destroy();
    const engineSide = connect(port, '127.0.0.1');
    engineSide.on('error', () => socket.destroy());
    for (const one of [socket, engineSide]) inside.add(one.once('close', () => inside.delete(one)));
    socket.pipe(engineSide).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => inside.forEach((one) => one.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    open: () => void (isOpen = true),
    shut: () => {
      isOpen = false;
      cut();
    },
    close: () => {
      cut();
      server.close();
    },
  };
}

beforeAll(async () => {
  if (rabbitmq.isMissing()) return;
  const { control } = rabbitmq();
  // A newer broker looks at it more often by itself.
  await control?.('eval', 'application:set_env(rabbit, channel_tick_interval, 500).');
  await control?.('eval', `application:set_env(rabbit, consumer_timeout, ${consumerTimeoutMs}).`);
  const launched = await launchEngine({ inMemory: true });
  own = launched;
  engine = createEngineClient(launched);
  await engine.repository.deploy({ name: key, source: 'test', resources: { [`${key}.bpmn`]: model } });
  const address = new URL(launched.baseUrl);
  door = await doorTo(Number(address.port));
  address.port = String(door.port);
  bus = createRabbitMqEventBus({
    url: rabbitmq().url,
    name: 'away',
    onHandlerError: (thrown) => void faults.push(String(thrown)),
  });
  const cursorFile = join(folder, 'cursor.json');
  bridge = await startBridge({
    engine: createEngineClient({ ...launched, baseUrl: address.href }),
    eventBus: bus,
    cursorFile,
  });
}, 240_000);
afterAll(async () => {
  await bridge?.app.stop();
  door?.close();
  await bus?.close();
  await engine?.close();
  await own?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

it('one message advances one receive task, and one start starts one instance, when the engine was away longer than the broker waits', async () => {
  const businessKey = randomUUID();
  const { id } = await engine.runtime.startByKey(key, { businessKey });
  const passed = async () =>
    (await engine.history.path(id))
      .filter(({ activityType }) => activityType === 'receiveTask')
      .map(({ activityId, endTime }) => [activityId, endTime !== null]);
  const message = makeEvent({ source: '/shop', type: `message.${key}.paid`, data: { businessKey } });
  const start = makeEvent({ source: '/shop', type: `start.${key}`, data: { processVariables: { amount: 7 } } });
  const started = () =>
    engine.history.instances({ variables: [{ name: startEventVariable, operator: 'eq', value: start.id }] });

  door.shut();
  await Promise.all([bus.publish(message), bus.publish(start)]);
  await delay(awayMs);
  // Else it would prove nothing: the broker has taken both out of their handlers' hands.
  expect(faults.filter((fault) => fault.includes('PRECONDITION_FAILED')).length).toBeGreaterThan(1);
  expect([await passed(), await started()]).toEqual([[['first', false]], []]);
  door.open();

  await vi.waitFor(async () => expect(await started()).toHaveLength(1), patience);
  await vi.waitFor(
    async () =>
      expect(await passed()).toEqual([
        ['first', true],
        ['second', false],
      ]),
    patience,
  );
  // What was handed out more often would come now.
  await delay(3 * consumerTimeoutMs + 2_000);
  expect(await passed()).toEqual([
    ['first', true],
    ['second', false],
  ]);
  expect(await started()).toHaveLength(1);
}, 90_000);
