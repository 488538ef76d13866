import type { ProcosEvent } from '@procos/contracts';
import { createRabbitMqEventBus, type EventBus } from '@procos/event-bus';
import { checkEvents, listen, type Listening } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { killApp } from './kill-app.ts';
import { deployStreamProbe, runProbe, streamKey, streamTopic, type Way, ways } from './stream-probe.ts';
import { isDistributed, missingService, servicesOf } from './system-mode.ts';
import { useSystem } from './use-system.ts';

const { system } = useSystem();
const patience = { timeout: 60_000, interval: 250 };
const onBroker: ProcosEvent[] = [];
let stream: Listening;
let bus: EventBus | undefined;

beforeAll(async () => {
  if (missingService() !== undefined) return;
  stream = await listen(system().url);
  if (isDistributed) {
    const { RABBITMQ_URL: url = '' } = await servicesOf(system().dataDir);
    bus = createRabbitMqEventBus({ url, name: 'event-stream-test', onHandlerError: () => undefined });
    await bus.consume('#', (event) => void onBroker.push(event), { queue: 'procos.event_stream', ordered: true });
  }
  await deployStreamProbe(system().engine);
}, 120_000);
afterAll(async () => {
  stream?.stop();
  await bus?.close();
});

async function run(rounds: number): Promise<ReadonlyMap<string, Way>> {
  const started = Array.from({ length: rounds }, () => ways).flat();
  return new Map(await Promise.all(started.map(async (way) => [await runProbe(system().engine, way), way] as const)));
}

const of = (events: readonly ProcosEvent[], id: string) => events.filter(({ subject }) => subject === id);
const typesOf = (id: string) => of(stream.events, id).map(({ type }) => type);

/** How each way must be told, the steps between left aside. */
const outcomes: Readonly<Record<Way, readonly string[]>> = {
  well: [`task.${streamTopic}.completed`, `process.${streamKey}.completed`],
  broken: [`task.${streamTopic}.completed`, `process.${streamKey}.failed`],
  caught: [`task.${streamTopic}.bpmn_error`, `process.${streamKey}.completed`],
  retried: [
    'incident.failedExternalTask.opened',
    'incident.failedExternalTask.resolved',
    `process.${streamKey}.completed`,
    `task.${streamTopic}.completed`,
    `task.${streamTopic}.failed`,
  ],
  ended: [`process.${streamKey}.terminated`],
};

async function expectPublished(instances: ReadonlyMap<string, Way>): Promise<void> {
  const isOutcome = (type: string) => !/^activity\.|\.started$|\.created$/.test(type);
  for (const [id, way] of instances)
    await vi.waitFor(
      () => expect(typesOf(id).filter(isOutcome).toSorted(), way).toEqual(outcomes[way].toSorted()),
      patience,
    );
}

/** What a receiver of events goes by, by id. */
function identities(events: readonly ProcosEvent[], instances: ReadonlyMap<string, Way>) {
  const own = events.filter(({ subject, source }) => source === '/engine' && instances.has(subject ?? ''));
  const facts = own.map(({ id, type, subject, time, traceparent, data }) => [
    id,
    JSON.stringify({ type, subject, time, traceparent, data }),
  ]);
  return Object.fromEntries(facts.toSorted()) as Readonly<Record<string, string>>;
}

describe('the event stream of the gateway', () => {
  it('tells every outcome by the name that it has on the bus, each step once and in order', async () => {
    const instances = await run(2);

    await expectPublished(instances);

    expect(stream.events.map(({ type }) => type)).toContain(`deployment.${streamKey}.created`);
    const { lost, outOfOrder, unstable, duplicated } = await checkEvents(
      system().engine,
      [...instances.keys()].filter((id) => instances.get(id) !== 'broken'),
      stream.events,
    );
    expect({ lost, outOfOrder, unstable, duplicated }).toEqual({
      lost: [],
      outOfOrder: [],
      unstable: [],
      duplicated: 0,
    });
  }, 120_000);

  it('tells the same events as RabbitMQ, by id, also when the event bridge is killed meanwhile', async (context) => {
    if (!isDistributed) return context.skip('there is no RabbitMQ in embedded mode');
    const before = await run(2);
    const restarting = killApp(system().dataDir, 'event-bridge');
    const during = await run(2);
    await restarting;
    const after = await run(2);
    const all = new Map([...before, ...during, ...after]);

    await expectPublished(all);

    await vi.waitFor(() => expect(identities(stream.events, all)).toEqual(identities(onBroker, all)), patience);
    expect(Object.keys(identities(stream.events, all)).length).toBeGreaterThan(all.size * 8);
  }, 180_000);
});
