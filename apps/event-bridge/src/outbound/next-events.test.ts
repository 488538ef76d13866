import { describe, expect, it } from 'vitest';
import { activity, instance, scene } from '../testing/reading-scene.ts';
import { cursorText, parseCursor, startingAt } from './cursor.ts';
import { createHistoryReader } from './history-reader.ts';
import { createNextEvents } from './next-events.ts';

describe('the next events', () => {
  it('come in the order in which the engine did the steps, also within one millisecond', async () => {
    const { engine, read } = scene();
    engine.instances.push(instance('i', 0, 0));
    engine.activities.push(
      activity('3', 'ended', 5, [0, 0], { activityType: 'noneEndEvent' }),
      activity('1', 'begun', 1, [0, 0], { activityType: 'startEvent' }),
      activity('2', 'pay', 3, [0, 0]),
    );

    expect((await read()).types).toEqual([
      'process.ordering.started',
      'activity.ordering.begun.started',
      'activity.ordering.begun.completed',
      'activity.ordering.pay.started',
      'task.payment.created',
      'task.payment.completed',
      'activity.ordering.pay.completed',
      'activity.ordering.ended.started',
      'activity.ordering.ended.completed',
      'process.ordering.completed',
    ]);
  });

  it('end a sub-process after what is inside it', async () => {
    const { engine, read } = scene();
    engine.activities.push(
      activity('1', 'sub', 3, [0, 7], { activityType: 'subProcess' }),
      activity('2', 'inner', 5, [7, 7], { parentActivityInstanceId: '1' }),
    );

    expect((await read()).types).toEqual([
      'activity.ordering.sub.started',
      'activity.ordering.inner.started',
      'activity.ordering.inner.completed',
      'activity.ordering.sub.completed',
    ]);
  });

  it('are published once, and the same row has the same id in every bridge', async () => {
    const [one, other] = [scene(), scene()];
    for (const { engine } of [one, other]) engine.instances.push(instance('i', 0, null));
    const idsOf = async ({ read }: typeof one) => (await read()).events.map(({ id }) => id);

    const first = await idsOf(one);

    expect(first).toHaveLength(1);
    expect(await idsOf(one)).toEqual([]);
    expect(await idsOf(other)).toEqual(first);
  });

  it('hold what was committed late, far behind the newest event', async () => {
    const { engine, read } = scene();
    engine.instances.push(instance('i', 20_000, null));
    await read();
    engine.activities.push(activity('late', 'pay', 3, [5_000, 6_000]));

    expect((await read()).types).toEqual([
      'activity.ordering.pay.started',
      'task.payment.created',
      'task.payment.completed',
      'activity.ordering.pay.completed',
    ]);
  });

  it('are all found when thousands of rows have one moment', async () => {
    const { engine, read } = scene();
    for (let number = 0; number < 2_500; number += 1) engine.instances.push(instance(`i${number}`, 10, null));
    const types: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) types.push(...(await read()).types);

    expect(types).toHaveLength(2_500);
  });

  it('never hold the end of an instance before its beginning, whenever the engine goes on between two questions', async () => {
    for (const question of ['instancesEnded', 'running', 'ended', 'instancesStarted']) {
      const { engine, read } = scene();
      engine.onAsk = (asked) => {
        if (asked !== question) return;
        engine.onAsk = () => undefined;
        engine.instances.push(instance('i', 0, 2));
        engine.activities.push(
          activity('1', 'begun', 1, [0, 0]),
          activity('2', 'inner', 5, [1, 1], { parentActivityInstanceId: '3' }),
          activity('3', 'sub', 3, [1, null]),
        );
      };
      const types = [...(await read()).types, ...(await read()).types];

      const place = (type: string) => types.indexOf(`${type}`);
      expect(place('process.ordering.started'), question).toBe(0);
      expect(types.at(-1), question).toBe('process.ordering.completed');
      expect(place('activity.ordering.sub.started'), question).toBeLessThan(place('activity.ordering.inner.started'));
    }
  });

  it('never hold what is inside a sub-process before its beginning, also when its end is pages away', async () => {
    const { engine, read } = scene();
    engine.activities.push(
      activity('outer', 'outer', 3, [0, 9_000], { activityType: 'subProcess' }),
      activity('sub', 'sub', 5, [0, 8_000], { activityType: 'subProcess', parentActivityInstanceId: 'outer' }),
    );
    engine.activities.push(activity('inner', 'inner', 7, [0, 1], { parentActivityInstanceId: 'sub' }));
    for (let number = 0; number < 1_500; number += 1)
      engine.activities.push(
        activity(`other${number}`, 'other', number, [2 + number, 3 + number], {
          processInstanceId: 'j',
          parentActivityInstanceId: 'j',
        }),
      );
    const types: string[] = [];
    for (let more = true; more; ) {
      const reading = await read();
      types.push(...reading.types.filter((type) => !type.includes('other')));
      more = reading.more;
    }

    const element = (id: string, what: string) => `activity.ordering.${id}.${what}`;
    expect(types).toEqual([
      element('outer', 'started'),
      element('sub', 'started'),
      element('inner', 'started'),
      element('inner', 'completed'),
      element('sub', 'completed'),
      element('outer', 'completed'),
    ]);
  });

  it('go on after a restart without a repetition, and after a crash with what the last while held', async () => {
    const { engine, read, cursor } = scene();
    engine.instances.push(instance('i', 0, 5));
    const { types } = await read();
    const goOn = (text: string) =>
      createNextEvents({ engine: engine.client, read: createHistoryReader(engine.client), windowMs: 30_000 })(
        parseCursor(text, 30_000),
      );

    expect((await goOn(cursorText(cursor(), true))).events).toEqual([]);
    expect((await goOn(cursorText(cursor(), false))).events.map(({ event }) => event.type)).toEqual(types);
  });

  it('begin after a crash at the moment before which nothing was missing, also where that is further back than late commits are looked for', () => {
    const { published } = startingAt(0, 30_000);
    const position = { newest: 200_000, settled: 90_000, rareRead: 200_000, rareSettled: 100_000 };

    expect(parseCursor(cursorText({ position, published }, false), 30_000).position).toMatchObject({
      newest: 200_000,
      settled: 90_000,
    });
    expect(parseCursor('{"version":1,"newest":"1970-01-01T00:03:20.000Z"}', 30_000).position).toMatchObject({
      newest: 200_000,
      settled: 170_000,
    });
  });

  it('refuse a cursor that is none', () => {
    expect(() => parseCursor('{"version":7}', 30_000)).toThrow('This is no cursor of the event bridge.');
  });
});
