import { randomUUID } from 'node:crypto';
import { makeEvent, type ProcosEvent } from '@procos/contracts';
import { afterEach } from 'vitest';
import type { EventBus } from '../event-bus.ts';

export interface BusUnderTest {
  /** A bus connected with the other ones made in this test. */
  readonly connect: () => EventBus;
  /** What handlers have thrown. */
  readonly failures: () => readonly unknown[];
}

export interface Scene {
  /** One more bus; closed after the test. */
  readonly bus: () => EventBus;
  /** Start of every event type of this test: a real broker keeps queues from one test to the next. */
  readonly root: string;
  readonly queue: string;
  readonly failures: BusUnderTest['failures'];
}

export const patience = { timeout: 10_000, interval: 10 };

export const happened = (type: string, id: string = randomUUID()) => makeEvent({ id, source: '/test', type });

/** Collects the ids of events. */
export function ids() {
  const seen: string[] = [];
  return { seen, see: (event: ProcosEvent) => void seen.push(event.id) };
}

/** @returns sets the scene of one test */
export function useScenes(world: () => BusUnderTest): () => Scene {
  const open: EventBus[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });
  return () => {
    const { connect, failures } = world();
    const root = `t${randomUUID().slice(0, 8)}`;
    const bus = () => {
      const made = connect();
      open.push(made);
      return made;
    };
    return { bus, root, queue: `procos.${root}`, failures };
  };
}
