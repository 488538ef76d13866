import { seededRandom } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from './history-event.ts';
import { scene } from '../testing/reading-scene.ts';
import { simulatedHistory, typesInOrder } from '../testing/simulated-history.ts';

/** Another start of the numbers plays other histories: `PROCOS_SIMULATION_SEED=123456 npx vitest run apps/event-bridge`. */
const firstSeed = Number(process.env['PROCOS_SIMULATION_SEED'] ?? 1);
const histories = Number(process.env['PROCOS_SIMULATION_HISTORIES'] ?? 200);
const windowMs = 30_000;

/**
 * Reads a history while it happens, and for as long again as late commits are looked for.
 *
 * @param crashes how many bridges die meanwhile
 * @returns the types of all events per instance, in the order in which they were told
 */
async function told(seed: number, crashes: number): Promise<ReadonlyMap<string, readonly string[]>> {
  const random = seededRandom(seed);
  let clock = () => 0;
  const { engine, read, crash } = scene({ countEveryMs: 2_000, clock: () => clock() });
  const happens = simulatedHistory(engine, random, 6);
  clock = happens.now;
  engine.onAsk = () => happens.pass(random() < 0.5 ? 0 : Math.floor(random() * (random() < 0.1 ? 150 : 15)));
  const types = new Map<string, string[]>(happens.ids.map((id) => [id, []]));
  const note = (events: readonly HistoryEvent[]) => events.forEach(({ event }) => types.get(event.subject ?? '')?.push(event.type));
  let toDie = crashes;
  for (let rest = 0; rest < 5; rest += happens.isOver() ? 1 : 0) {
    if (toDie > 0 && random() < 0.3) {
      toDie -= 1;
      note(await crash((found) => Math.floor(random() * (found + 1))));
      continue;
    }
    const { events, more } = await read();
    note(events);
    if (!more) happens.pass(happens.isOver() ? 1_000 : 250);
  }
  expect(happens.now()).toBeLessThan(windowMs);
  return types;
}

const expectOrder = (types: readonly string[], where: string) => {
  expect(types.filter((type) => !type.endsWith('.failed')), where).toEqual(typesInOrder);
  const tasks = types.filter((type) => type.startsWith('task.'));
  expect([tasks[0], tasks.at(-1)], `${where}: ${tasks.join(' ')}`).toEqual(['task.payment.created', 'task.payment.completed']);
};

describe('a history that happens while it is read', () => {
  const timeout = 10_000 + histories * 100;

  it(`is told completely, once and in order per instance: ${histories} of them`, { timeout }, async () => {
    for (let seed = firstSeed; seed < firstSeed + histories; seed += 1) {
      for (const [id, types] of await told(seed, 0)) expectOrder(types, `seed ${seed}, instance ${id}`);
    }
  });

  it(`is told completely and in order per instance, repetitions aside, when bridges die: ${histories} of them`, { timeout }, async () => {
    for (let seed = firstSeed; seed < firstSeed + histories; seed += 1) {
      for (const [id, types] of await told(seed, 2)) expectOrder([...new Set(types)], `seed ${seed}, instance ${id}`);
    }
  });
});
