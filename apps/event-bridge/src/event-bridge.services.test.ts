import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ProcosEvent } from '@procos/contracts';
import { createEngineClient, type EngineClient } from '@procos/engine-client';
import { type LaunchedEngine, launchEngine } from '@procos/engine-build';
import { createRabbitMqEventBus, type EventBus } from '@procos/event-bus';
import { checkEvents, useOwnService, useService } from '@procos/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleProcess } from './testing/sample-process.ts';
import { startSampleWorker } from './testing/sample-worker.ts';

const consul = useService('consul');
const rabbitmq = useOwnService('rabbitmq');
const patience = { timeout: 120_000, interval: 200 };
const main = fileURLToPath(new URL('main.ts', import.meta.url));
const key = `bridged_${randomUUID().slice(0, 8)}`;
const received: ProcosEvent[] = [];
const children: Bridge[] = [];
let own: LaunchedEngine;
let engine: EngineClient;
let bus: EventBus;
let worker: { stop(): Promise<void> };

interface Bridge {
  readonly child: ChildProcess;
  readonly url: string;
}

const isMissing = () => consul.isMissing() || rabbitmq.isMissing();

beforeAll(async () => {
  if (isMissing()) return;
  own = await launchEngine({ inMemory: true });
  engine = createEngineClient(own);
  await engine.repository.deploy({ name: key, source: 'test', resources: { [`${key}.bpmn`]: sampleProcess(key) } });
  bus = createRabbitMqEventBus({ url: rabbitmq().url, name: 'test', onHandlerError: () => undefined });
  await bus.consume('#', (event) => void received.push(event), { queue: `procos.test.${key}`, ordered: true });
  worker = startSampleWorker(engine, key);
}, 180_000);
afterAll(async () => {
  for (const { child } of children) child.kill('SIGKILL');
  await worker?.stop();
  await bus?.close();
  await engine?.close();
  await own?.stop();
}, 60_000);

/** Whatever a test has done to one of them: each begins with two that run. */
beforeEach(async () => {
  if (isMissing()) return;
  for (const { child } of children) child.kill('SIGCONT');
  while (children.filter(isAlive).length < 2) children.push(await startBridge());
}, 60_000);

const isAlive = ({ child }: Bridge) => child.exitCode === null && child.signalCode === null;

async function startBridge(): Promise<Bridge> {
  const { baseUrl, user, password } = own;
  const env = {
    ...process.env,
    CAMUNDA_URL: baseUrl,
    PROCOS_ENGINE_USER: user,
    PROCOS_ENGINE_PASSWORD: password,
    RABBITMQ_URL: rabbitmq().url,
    CONSUL_URL: consul().url,
    PROCOS_EVENT_BRIDGE_PORT: '0',
  };
  const child = spawn(process.execPath, ['--conditions=@procos/source', main], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const url = await vi.waitFor(() => {
    const found =
      /"url":"(http:\/\/127\.0\.0\.1:\d+)"/.exec(said)?.[1] ??
      /http:\/\/127\.0\.0\.1:\d+/.exec(said.split('service_listening')[1] ?? '')?.[0];
    if (found === undefined) throw new Error(said);
    return found;
  }, 30_000);
  return { child, url };
}

const leaders = async () => {
  const alive = children.filter(isAlive);
  const answers = await Promise.all(
    alive.map(async (one) => ({
      one,
      leads: ((await (await fetch(`${one.url}/readyz`)).json()) as { leads: boolean }).leads,
    })),
  );
  return answers.filter(({ leads }) => leads).map(({ one }) => one);
};
const oneLeads = () =>
  vi.waitFor(async () => {
    const found = await leaders();
    expect(found).toHaveLength(1);
    return found[0];
  }, patience);

/** Starts instances at an even pace while something else happens. */
async function startingWhile(count: number, pauseMs: number, what: () => Promise<void>): Promise<readonly string[]> {
  const happening = delay(pauseMs * 20).then(what);
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    ids.push((await engine.runtime.startByKey(key)).id);
    await delay(pauseMs);
  }
  await happening;
  return ids;
}

async function arrived(ids: readonly string[], what: string) {
  await vi.waitFor(() => {
    const ended = new Set(
      received.filter(({ type }) => type === `process.${key}.completed`).map(({ subject }) => subject),
    );
    expect(ids.filter((id) => !ended.has(id))).toEqual([]);
  }, patience);
  // The last event to be looked for need not be the last to be published.
  await vi.waitFor(async () => expect((await checkEvents(engine, ids, received)).lost).toEqual([]), patience);
  const check = await checkEvents(engine, ids, received);
  const { lost, unexpected, duplicated, unstable, outOfOrder } = check;
  process.stdout.write(
    `  ${what}: ${ids.length} instances, lost ${lost.length}, unexpected ${unexpected.length}, duplicated ${duplicated}, unstable ids ${unstable.length}, out of order ${outOfOrder.length}\n`,
  );
  return check;
}

describe('two event bridges on RabbitMQ and Consul', () => {
  const nothing = { lost: [], unexpected: [], unstable: [], outOfOrder: [] };

  it('carry everything once while nothing goes wrong: one of them leads', async () => {
    await oneLeads();

    const ids = await startingWhile(60, 10, async () => undefined);

    expect(await arrived(ids, 'in peace')).toEqual({ ...nothing, duplicated: 0 });
  });

  it('lose nothing when the leader is killed: the other one takes over', async () => {
    const leader = await oneLeads();

    const ids = await startingWhile(100, 50, async () => void leader?.child.kill('SIGKILL'));

    expect(await arrived(ids, 'leader killed')).toMatchObject(nothing);
    expect(await oneLeads()).not.toBe(leader);
  }, 180_000);

  it('lose nothing when the leader is suspended and wakes up after another one has taken over', async () => {
    const leader = await oneLeads();
    leader?.child.kill('SIGSTOP');
    const others = children.filter((one) => one !== leader && one.child.signalCode === null);
    const ids = await startingWhile(40, 50, () =>
      vi
        .waitFor(async () => {
          const answers = await Promise.all(
            others.map(async ({ url }) => ((await (await fetch(`${url}/readyz`)).json()) as { leads: boolean }).leads),
          );
          expect(answers).toContain(true);
        }, patience)
        .then(() => undefined),
    );

    leader?.child.kill('SIGCONT');

    const after = await startingWhile(20, 20, async () => undefined);
    expect(await arrived([...ids, ...after], 'leader suspended')).toMatchObject(nothing);
    await oneLeads();
  }, 180_000);

  it('let tasks go on while the broker is away, and tell everything afterwards, in order', async () => {
    const ids = await startingWhile(80, 50, async () => {
      await rabbitmq().kill();
      await delay(4_000);
      await rabbitmq().restart();
    });

    expect(await arrived(ids, 'broker killed and away for 4 s')).toMatchObject(nothing);
  }, 180_000);
});
