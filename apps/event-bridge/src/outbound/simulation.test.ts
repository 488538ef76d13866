import { seededRandom } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { scene } from '../testing/reading-scene.ts';
import { simulatedHistory, typesInOrder } from '../testing/simulated-history.ts';

/** Another start of the numbers plays other histories: `PROCOS_SIMULATION_SEED=123456 npx vitest run apps/event-bridge`. */
const firstSeed = Number(process.env['PROCOS_SIMULATION_SEED'] ?? 1);
const histories = Number(process.env['PROCOS_SIMULATION_HISTORIES'] ?? 300);
const windowMs = 30_000;

/** Reads a history while it happens, and for as long again as late commits are looked for. */
async function told(seed: number): Promise<ReadonlyMap<string, readonly string[]>> {
  const random = seededRandom(seed);
  let clock = () => 0;
  const { engine, read } = scene({ countEveryMs: 2_000, clock: () => clock() });
  const happens = simulatedHistory(engine, random, 6);
  clock = happens.now;
  engine.onAsk = () => happens.pass(random() < 0.5 ? 0 : Math.floor(random() * (random() < 0.1 ? 150 : 15)));
  const types = new Map<string, string[]>(happens.ids.map((id) => [id, []]));
  for (let rest = 0; rest < 5; rest += happens.isOver() ? 1 : 0) {
    const { events, more } = await read();
    for (const { event } of events) types.get(event.subject ?? '')?.push(event.type);
    if (!more) happens.pass(happens.isOver() ? 1_000 : 250);
  }
  expect(happens.now()).toBeLessThan(windowMs);
  return types;
}

describe('a history that happens while it is read', () => {
  it(`is told completely, once and in order per instance: ${histories} of them`, async () => {
    for (let seed = firstSeed; seed < firstSeed + histories; seed += 1) {
      for (const [id, types] of await told(seed)) {
        expect(types.filter((type) => !type.endsWith('.failed')), `seed ${seed}, instance ${id}`).toEqual(typesInOrder);
        const tasks = types.filter((type) => type.startsWith('task.'));
        expect(tasks.indexOf('task.payment.created'), `seed ${seed}, instance ${id}: ${tasks.join(' ')}`).toBe(0);
        expect(tasks.at(-1), `seed ${seed}, instance ${id}: ${tasks.join(' ')}`).toBe('task.payment.completed');
      }
    }
  }, histories * 200);
});
