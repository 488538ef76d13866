import type { ProcosEvent } from '@procos/contracts';
import { seededRandom } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { scene, type SceneOptions } from '../testing/reading-scene.ts';
import { simulatedHistory, type SimulationOptions, typesInOrder } from '../testing/simulated-history.ts';

/** Another start of the numbers plays other histories: `PROCOS_SIMULATION_SEED=123456 npx vitest run apps/event-bridge`. */
const firstSeed = Number(process.env['PROCOS_SIMULATION_SEED'] ?? 1);
const histories = Number(process.env['PROCOS_SIMULATION_HISTORIES'] ?? 200);

interface Circumstances extends Omit<SimulationOptions, 'random'>, Pick<SceneOptions, 'pageRows'> {
  /** Bridges that die meanwhile. */
  readonly crashes?: number;
  /** How often the bus goes away meanwhile, and for how long at most, in milliseconds. */
  readonly outages?: readonly [times: number, atMostMs: number];
  /** How often the bus takes long to confirm an event, and how long at most, in milliseconds. */
  readonly delays?: readonly [times: number, atMostMs: number];
}

interface PublishedInstance {
  readonly id: string;
  /** Types of its events, in the order in which they were published. */
  readonly types: readonly string[];
  /** Whether its task has failed once. */
  readonly hasFailed: boolean;
}

/**
 * Reads a history while it happens, and for as long again as late commits are looked for.
 *
 * @returns what was published of each instance
 */
async function published(seed: number, circumstances: Circumstances): Promise<readonly PublishedInstance[]> {
  const { crashes = 0, outages: [outages, longest] = [0, 0], delays: [delays, longestDelay] = [0, 0] } = circumstances;
  const random = seededRandom(seed);
  let clock = () => 0;
  const { engine, bus, read, readInVain, crash } = scene({
    countEveryMs: 2_000,
    clock: () => clock(),
    ...circumstances,
  });
  const happens = simulatedHistory(engine, { ...circumstances, random });
  clock = happens.now;
  engine.onAsk = () => happens.pass(random() < 0.5 ? 0 : Math.floor(random() * (random() < 0.1 ? 150 : 15)));
  const types = new Map<string, string[]>(happens.ids.map((id) => [id, []]));
  const note = (events: readonly ProcosEvent[]) =>
    events.forEach(({ subject = '', type }) => types.get(subject)?.push(type));
  const left = { crashes, outages, delays };
  bus.onPublish = () => {
    if (left.delays === 0 || random() > 0.05) return;
    left.delays -= 1;
    happens.pass(random() * longestDelay);
  };
  for (let rest = 0; rest < 5; ) {
    if (left.crashes > 0 && random() < 0.3) {
      left.crashes -= 1;
      note(await crash((found) => Math.floor(random() * (found + 1))));
    } else if (left.outages > 0 && random() < 0.1) {
      left.outages -= 1;
      for (const until = happens.now() + random() * longest; happens.now() < until; happens.pass(random() * 5_000))
        note(await readInVain(Math.floor(random() * 40) - 20));
    } else {
      const { events, more } = await read();
      note(events);
      if (more) continue;
      if (happens.isOver()) rest += 1;
      happens.pass(happens.isOver() ? 1_000 : 250);
    }
  }
  const failed = new Set(engine.failures.map(({ processInstanceId }) => processInstanceId));
  return happens.ids.map((id) => ({ id, types: types.get(id) ?? [], hasFailed: failed.has(id) }));
}

const isFailure = (type: string) => type.endsWith('.failed');

/** @param repeats whether an event may be published more than once */
async function expectAll(circumstances: Circumstances, repeats: boolean, count = histories): Promise<void> {
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    for (const { id, types, hasFailed } of await published(seed, circumstances)) {
      const where = `seed ${seed}, instance ${id}`;
      const each = repeats ? [...new Set(types)] : types;
      expect(
        each.filter((type) => !isFailure(type)),
        where,
      ).toEqual(typesInOrder);
      const tasks = each.filter((type) => type.startsWith('task.'));
      expect(tasks, where).toEqual([
        'task.payment.created',
        ...(hasFailed ? ['task.payment.failed'] : []),
        'task.payment.completed',
      ]);
    }
  }
}

/** Of those that are long. */
const fewer = Math.ceil(histories / 5);

describe(`histories that happen while they are read, ${histories} of each kind, ${fewer} of long ones,`, {
  timeout: 30_000 + histories * 150,
}, () => {
  const few = { instances: 6, withinMs: 1_500 };

  it('are published completely, once and in order per instance', () => expectAll(few, false));

  it('are published so, repetitions aside, when bridges die', () => expectAll({ ...few, crashes: 2 }, true));

  it('are published so when an answer holds less than has happened', () => expectAll({ ...few, pageRows: 12 }, false));

  it('are published so, repetitions aside, when the bus is away for longer than late commits are looked for', () =>
    expectAll({ instances: 12, withinMs: 30_000, pageRows: 40, outages: [2, 60_000] }, true, fewer));

  it('are published so when the bus takes long to confirm, and commits are late', () =>
    expectAll({ instances: 30, withinMs: 90_000, late: 0.3, pageRows: 20, delays: [2, 60_000] }, false, fewer));

  it('are published so, repetitions aside, when all of that happens', () =>
    expectAll(
      {
        instances: 12,
        withinMs: 10_000,
        late: 0.1,
        pageRows: 12,
        outages: [2, 60_000],
        delays: [2, 60_000],
        crashes: 2,
      },
      true,
      fewer,
    ));
});
