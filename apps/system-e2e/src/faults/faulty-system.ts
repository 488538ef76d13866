import { createRabbitMqEventBus, type EventBus } from '@procos/event-bus';
import type { ProcosEvent } from '@procos/contracts';
import { checkEvents, type StartedService, useOwnService } from '@procos/testing';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { killApp } from '../kill-app.ts';
import { complaints, launchSystem, type LaunchedSystem, removeFolder } from '../launched-system.ts';
import { type ModelServer, startModelServer } from '../model-server.ts';
import { type OutsideServices, startOutsideServices } from '../outside-services.ts';
import { judgeFault, renderVerdict } from './fault-checker.ts';
import { deployProbe, outcomesOf, probeKey, settled, startProbes } from './probe-process.ts';

/** How long instances may take after a fault, and events after that, in milliseconds; what a killed engine had taken is free again after 30 s. */
const patience = 180_000;

export interface FaultySystem {
  /** Whether a service it needs cannot be had on this machine: its tests are skipped then. */
  isMissing(): boolean;
  system(): LaunchedSystem;
  service(name: 'rabbitmq' | 'consul' | 'postgres'): StartedService;
  /** Kills one app, and waits until its supervisor has started it again. */
  killApp(app: string): Promise<void>;
  /** The engine that the kernel runs now. */
  enginePid(): Promise<number>;
  /**
   * Starts instances, lets the fault happen, and expects that nothing is lost.
   *
   * @param after how many were started when the fault happens @default all of them
   * @returns seconds from the fault on until all had ended and every event of them was received
   */
  survives(title: string, instances: number, fault: () => Promise<void>, after?: number): Promise<number>;
}

/** A distributed system on services of its own, all of which may be killed, and a consumer of its events. */
export function useFaultySystem(args: readonly string[] = []): FaultySystem {
  const services = {
    rabbitmq: useOwnService('rabbitmq'),
    consul: useOwnService('consul'),
    postgres: useOwnService('postgres'),
  };
  const received: ProcosEvent[] = [];
  let models: ModelServer | undefined;
  let outside: OutsideServices | undefined;
  let running: LaunchedSystem | undefined;
  let bus: EventBus | undefined;
  const isMissing = () => Object.values(services).some((service) => service.isMissing());
  beforeAll(async () => {
    if (isMissing()) return;
    [models, outside] = await Promise.all([startModelServer(), startOutsideServices()]);
    running = await launchSystem({ args, env: { ...models.env, ...outside.env, ...environmentOf(services) } });
    await deployProbe(running.engine);
    bus = createRabbitMqEventBus({
      url: services.rabbitmq().url,
      name: 'fault-checker',
      onHandlerError: (thrown) => process.stderr.write(`${String(thrown)}\n`),
    });
    // One consumer, one event at a time: the order in which it receives them is that in which they were told.
    await bus.consume('#', async (event) => void (event.data['processKey'] === probeKey && received.push(event)), {
      queue: 'procos.fault_checker',
      ordered: true,
    });
  }, 240_000);
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') process.stderr.write(`${complaints(running)}\n`);
  });
  afterAll(async () => {
    await bus?.close();
    await running?.stop();
    await models?.close();
    await outside?.[Symbol.asyncDispose]();
    if (running !== undefined) removeFolder(running.dataDir);
  }, 120_000);
  const system = () => {
    if (running === undefined) throw new Error('The system is started before the tests');
    return running;
  };
  return {
    isMissing,
    system,
    service: (name) => services[name](),
    killApp: (app) => killApp(system().dataDir, app),
    enginePid: async () => {
      const kernel = await fetch(`http://127.0.0.1:${8090 + system().portOffset}/readyz`);
      return ((await kernel.json()) as { engine_pid: number }).engine_pid;
    },
    survives: async (title, instances, fault, after = instances) => {
      const { engine } = system();
      const batch: string[] = [];
      const starting = startProbes(engine, instances, batch);
      await Promise.race([
        starting,
        vi.waitFor(() => expect(batch.length).toBeGreaterThanOrEqual(after), { timeout: patience, interval: 20 }),
      ]);
      const runningAtFault = (await outcomesOf(engine, [...batch]))
        .filter(({ endTime }) => endTime === null)
        .map(({ id }) => id);
      // Else the fault would prove nothing.
      expect(runningAtFault.length).toBeGreaterThan(Math.min(instances / 4, 50));
      const began = performance.now();
      await fault();
      await starting;
      await settled(engine, batch, patience);
      const waiting = { timeout: patience, interval: 1_000 };
      await vi.waitFor(() => expect(untold(batch, received)).toEqual([]), waiting);
      const verdict = await vi.waitFor(async () => {
        const now = judgeFault({
          started: batch,
          runningAtFault,
          history: await outcomesOf(engine, batch),
          events: await checkEvents(engine, batch, received),
        });
        expect(now.lost).toEqual([]);
        return now;
      }, waiting);
      const tookSeconds = (performance.now() - began) / 1_000;
      process.stdout.write(`  ${title}: ${renderVerdict(verdict)}, ${tookSeconds.toFixed(1)} s\n`);
      expect(verdict.unexpected).toEqual([]);
      expect(verdict.recovered).toBe(runningAtFault.length);
      return tookSeconds;
    },
  };
}

/** Instances whose start was not received, by their place in the batch, and what was received of each: whether a part is missing or all of it tells where to look. */
function untold(batch: readonly string[], received: readonly ProcosEvent[]): readonly string[] {
  const of = Map.groupBy(received, ({ subject }) => subject);
  return batch.flatMap((id, index) => {
    const types = (of.get(id) ?? []).map(({ type }) => type);
    return types.includes(`process.${probeKey}.started`)
      ? []
      : [`instance ${index} of ${batch.length}, ${id}; received: ${types.join(' ')}`];
  });
}

function environmentOf(
  services: Readonly<Record<'rabbitmq' | 'consul' | 'postgres', () => StartedService>>,
): Readonly<Record<string, string>> {
  const { jdbcUrl = '', user = '', password = '' } = services.postgres();
  return {
    RABBITMQ_URL: services.rabbitmq().url,
    CONSUL_URL: services.consul().url,
    CAMUNDA_DB_URL: jdbcUrl,
    CAMUNDA_DB_USER: user,
    CAMUNDA_DB_PASSWORD: password,
  };
}
