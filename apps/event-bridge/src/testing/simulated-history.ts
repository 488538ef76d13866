import type { ActivityRow, HistoricInstance } from '@procos/engine-client';
import type { FakeEngine } from './fake-engine.ts';
import { activity, at, failure, instance } from './reading-scene.ts';

/** What one transaction of the engine does, one step after the other: each changes rows with the time at which it is done. */
type Step = (ms: number) => void;

export interface SimulatedHistory {
  /** Lets time pass: what is committed meanwhile can be read from then on. */
  pass(ms: number): void;
  now(): number;
  /** True when every instance has ended. */
  isOver(): boolean;
  /** Ids of the instances. */
  readonly ids: readonly string[];
}

/** Types of all events of one instance in the order in which they must be published. */
export const typesInOrder: readonly string[] = orderOfTypes();

export interface SimulationOptions {
  readonly random: () => number;
  readonly instances: number;
  /** They begin within so many milliseconds, every other one in a burst. */
  readonly withinMs: number;
  /** How many of its transactions are committed late, by up to 5 s. @default 0.02 */
  readonly late?: number;
}

const burstMs = 1_500;

/**
 * An engine that works on some instances at once. Rows become visible when their transaction is committed, often a moment
 * after the times in them, at times much later; and the engine goes on whenever time passes, also between two questions.
 */
export function simulatedHistory(
  engine: FakeEngine,
  { random, instances, withinMs, late = 0.02 }: SimulationOptions,
): SimulatedHistory {
  let now = 0;
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const commits: { at: number; commit: () => void }[] = [];
  let open = instances;
  const transaction = (begin: number, steps: readonly Step[], then: (committed: number) => void) => {
    // A failure that is committed late is published late: what is rare is not looked for that far back each time.
    const slow = steps.length === 1 ? 1 : random();
    const times: number[] = [];
    for (let [ms, step] = [begin, 0]; step < steps.length; step += 1)
      times.push((ms += random() < 0.7 ? 0 : slow < 0.05 ? between(0, 40) : between(0, 2)));
    const committed =
      (times.at(-1) ?? begin) +
      (slow < late ? between(300, 5_000) : slow < late + 0.08 ? between(30, 300) : between(0, 4));
    commits.push({
      at: committed,
      commit: () => {
        steps.forEach((step, index) => step(times[index] ?? begin));
        then(committed);
      },
    });
  };
  const run = (id: string, beginsWithin: number) => {
    const { begins, goesOn, fails, ends } = transactionsOf(engine, id);
    const order = [begins, goesOn, ...(random() < 0.3 ? [fails] : []), ends];
    const carryOut = (turn: number, begin: number) => {
      const steps = order[turn];
      if (steps === undefined) open -= 1;
      else transaction(begin, steps, (committed) => carryOut(turn + 1, committed + between(1, 30)));
    };
    carryOut(0, between(0, beginsWithin));
  };
  const ids = Array.from({ length: instances }, (_, index) => `i${index}`);
  for (const [index, id] of ids.entries()) run(id, index % 2 === 0 ? Math.min(withinMs, burstMs) : withinMs);
  return {
    ids,
    now: () => now,
    isOver: () => open === 0,
    pass: (ms) => {
      now += ms;
      for (;;) {
        const next = commits.filter((one) => one.at <= now).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) return;
        commits.splice(commits.indexOf(next), 1);
        next.commit();
      }
    },
  };
}

/** One path: a task, and another one two sub-processes deep. */
function transactionsOf(
  engine: FakeEngine,
  id: string,
): Readonly<Record<'begins' | 'goesOn' | 'fails' | 'ends', readonly Step[]>> {
  let count = 0;
  const rowId = (name: string) => `${id} ${name}`;
  const begin =
    (name: string, scope: string, more: Partial<ActivityRow> = {}): Step =>
    (ms) =>
      engine.activities.push(
        activity(rowId(name), name, (count += 1), [ms, null], {
          processInstanceId: id,
          parentActivityInstanceId: scope === id ? id : rowId(scope),
          ...more,
        }),
      );
  const end =
    (name: string): Step =>
    (ms) =>
      replace(engine.activities, rowId(name), { endTime: at(ms) });
  const passes = (name: string, scope: string) => [begin(name, scope, { activityType: 'startEvent' }), end(name)];
  const scopeOf = (name: string, scope: string) => begin(name, scope, { activityType: 'subProcess' });
  return {
    begins: [(ms) => engine.instances.push(instance(id, ms, null)), ...passes('begun', id), begin('first', id)],
    goesOn: [
      end('first'),
      scopeOf('outer', id),
      ...passes('outer_begun', 'outer'),
      scopeOf('inner', 'outer'),
      ...passes('inner_begun', 'inner'),
      begin('pay', 'inner'),
    ],
    fails: [(ms) => engine.failures.push({ ...failure(rowId('pay'), ms), processInstanceId: id })],
    ends: [
      end('pay'),
      ...passes('inner_ended', 'inner'),
      end('inner'),
      ...passes('outer_ended', 'outer'),
      end('outer'),
      ...passes('ended', id),
      (ms) => replace(engine.instances, id, { endTime: at(ms), state: 'COMPLETED' }),
    ],
  };
}

function replace<Row extends ActivityRow | HistoricInstance>(rows: Row[], id: string, change: Partial<Row>): void {
  const index = rows.findIndex((row) => row.id === id);
  const row = rows[index];
  if (row !== undefined) rows[index] = { ...row, ...change };
}

function orderOfTypes(): readonly string[] {
  const started = (name: string) => `activity.ordering.${name}.started`;
  const completed = (name: string) => `activity.ordering.${name}.completed`;
  const passed = (name: string) => [started(name), completed(name)];
  return [
    'process.ordering.started',
    ...passed('begun'),
    ...passed('first'),
    started('outer'),
    ...passed('outer_begun'),
    started('inner'),
    ...passed('inner_begun'),
    started('pay'),
    'task.payment.created',
    'task.payment.completed',
    completed('pay'),
    ...passed('inner_ended'),
    completed('inner'),
    ...passed('outer_ended'),
    completed('outer'),
    ...passed('ended'),
    'process.ordering.completed',
  ];
}
