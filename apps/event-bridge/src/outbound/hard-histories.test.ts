import { eventFault } from '@procos/contracts';
import { describe, expect, it } from 'vitest';
import { activity, at, failure, instance, scene } from '../testing/reading-scene.ts';

const never = 1_000_000_000;
const element = (id: string, what: string) => `activity.ordering.${id}.${what}`;
const isOfInstance = (type: string) => !type.includes('other');

describe('events of a history that is hard to read', () => {
  it('are published in order when the beginning of an instance was committed long after its time', async () => {
    const { engine, read } = scene({ countEveryMs: never });
    engine.activities.push(
      activity('z', 'other', 1, [1_400, 1_400], { processInstanceId: 'j', parentActivityInstanceId: 'j' }),
    );
    await read();
    engine.instances.push(instance('i', 1_100, null));
    engine.activities.push(
      activity('1', 'begun', 1, [1_100, 1_100]),
      activity('2', 'first', 3, [1_100, 1_500]),
      activity('3', 'next', 5, [1_500, null]),
    );

    expect((await read()).types).toEqual([
      'process.ordering.started',
      element('begun', 'started'),
      element('begun', 'completed'),
      element('first', 'started'),
      element('first', 'completed'),
      element('next', 'started'),
    ]);
  });

  it('hold a scope that began and ended while questions were asked, before what is inside it', async () => {
    const { engine, read } = scene();
    engine.onAsk = (question) => {
      if (question === 'ended')
        engine.activities.push(activity('inner', 'inner', 5, [1, 1], { parentActivityInstanceId: 'sub' }));
      if (question !== 'failed') return;
      engine.onAsk = () => undefined;
      engine.activities.push(activity('sub', 'sub', 3, [1, 9], { activityType: 'subProcess' }));
    };
    const types = [...(await read()).types, ...(await read()).types];

    expect(types).toEqual([
      element('sub', 'started'),
      element('inner', 'started'),
      element('inner', 'completed'),
      element('sub', 'completed'),
    ]);
  });

  it('hold the end of a scope after what is inside it, also when all of it ended while questions were asked', async () => {
    const { engine, read } = scene();
    const inside = { parentActivityInstanceId: 'sub' };
    engine.onAsk = (question) => {
      if (question === 'ended')
        engine.activities.push(
          activity('first', 'first', 5, [1, 1], inside),
          activity('sub', 'sub', 3, [1, null], { activityType: 'subProcess' }),
          activity('second', 'second', 7, [1, null], inside),
        );
      if (question !== 'failed') return;
      engine.onAsk = () => undefined;
      engine.activities.splice(
        1,
        2,
        activity('sub', 'sub', 3, [1, 9], { activityType: 'subProcess' }),
        activity('second', 'second', 7, [1, 9], inside),
      );
    };
    const types = [...(await read()).types, ...(await read()).types];

    expect(types.indexOf(element('sub', 'completed'))).toBe(types.length - 1);
    expect(types).toHaveLength(6);
  });

  it('never hold the failure of a task after the completion of its repetition, or before its creation', async () => {
    for (const question of ['instancesEnded', 'running', 'ended', 'failed', 'instancesStarted']) {
      const { engine, read } = scene();
      engine.onAsk = (asked) => {
        if (asked !== question) return;
        engine.onAsk = () => undefined;
        engine.activities.push(activity('1', 'pay', 3, [0, 20]));
        engine.failures.push(failure('1', 10));
      };
      const types = [...(await read()).types, ...(await read()).types];

      expect(
        types.filter((type) => type.startsWith('task.')),
        question,
      ).toEqual(['task.payment.created', 'task.payment.failed', 'task.payment.completed']);
    }
  });

  it('hold the creation of a task before its failure, also when its end is pages away', async () => {
    const { engine, read } = scene();
    engine.activities.push(activity('1', 'pay', 3, [0, 9_000]));
    engine.failures.push(failure('1', 10));
    for (let number = 0; number < 1_500; number += 1)
      engine.activities.push(
        activity(`o${number}`, 'other', number, [2 + number, 3 + number], {
          processInstanceId: 'j',
          parentActivityInstanceId: 'j',
        }),
      );
    const types: string[] = [];
    for (let more = true; more; ) {
      const reading = await read();
      types.push(...reading.types.filter((type) => type.startsWith('task.')));
      more = reading.more;
    }

    expect(types).toEqual(['task.payment.created', 'task.payment.failed', 'task.payment.completed']);
  });

  it('are published once, however long something takes', async () => {
    const { engine, read } = scene();
    engine.activities.push(activity('1', 'pay', 3, [0, null]));
    const types = [...(await read()).types];
    for (let minute = 1; minute <= 5; minute += 1) {
      engine.instances.push(instance(`other${minute}`, minute * 60_000, null));
      await read();
    }
    engine.activities[0] = activity('1', 'pay', 3, [0, 301_000]);

    types.push(...(await read()).types.filter(isOfInstance));

    expect(types).toEqual([
      element('pay', 'started'),
      'task.payment.created',
      'task.payment.completed',
      element('pay', 'completed'),
    ]);
  });

  it('hold deployments, failures and incidents that were committed long after their time', async () => {
    const { engine, read } = scene();
    engine.instances.push(instance('i', 20_000, null));
    await read();
    engine.deployments.push({ id: 'd', name: 'late', source: null, deploymentTime: at(5_000) });
    engine.failures.push(failure('1', 6_000));

    expect((await read()).types).toEqual(['deployment.late.created', 'task.payment.failed']);
  });

  it('are published without a topic when the definition was deleted and its history was not', async () => {
    const { engine, read } = scene();
    engine.deleted.add('ordering:1');
    engine.activities.push(activity('1', 'pay', 3, [0, 1]));

    expect((await read()).types).toEqual([element('pay', 'started'), element('pay', 'completed')]);
  });

  it('have a type that a broker can take, however long or short names are', async () => {
    const { engine, read } = scene();
    engine.deployments.push({ id: 'd', name: '倉庫'.repeat(100), source: null, deploymentTime: at(5) });
    engine.activities.push(activity('1', 'ä'.repeat(300), 3, [0, 1], { processDefinitionKey: 'ö'.repeat(300) }));

    engine.deployments.push({ id: 'e', name: '', source: null, deploymentTime: at(5) });

    const { events } = await read();

    expect(events).toHaveLength(4);
    for (const event of events) {
      expect(Buffer.byteLength(event.type)).toBeLessThanOrEqual(255);
      expect(eventFault(event)).toBeUndefined();
    }
  });

  it('are published completely when more happens in the window than a page holds, again and again', async () => {
    const { engine, read } = scene();
    for (let number = 0; number < 5_000; number += 1)
      engine.activities.push(activity(`o${number}`, 'other', number, [number, number]));
    const types: string[] = [];
    let turns = 0;
    for (let more = true; more; turns += 1) {
      const reading = await read();
      types.push(...reading.types);
      more = reading.more;
    }

    expect(new Set(types)).toEqual(new Set([element('other', 'started'), element('other', 'completed')]));
    expect(types).toHaveLength(10_000);
    // Each page holds a little of the one before once more.
    expect(turns).toBeLessThan(10);
  });

  it('are published once when the history is longer than what was published is remembered', async () => {
    const { engine, read } = scene({ pageRows: 50 });
    for (let number = 0; number < 120; number += 1)
      engine.instances.push(instance(`i${number}`, number * 60_000, null));
    const types: string[] = [];
    for (let turn = 0; turn < 10; turn += 1) types.push(...(await read()).types);

    expect(types).toHaveLength(120);
  });

  it('hold what was committed late while the bus took longer to confirm a page than late commits are looked for', async () => {
    let now = 0;
    const { engine, bus, read } = scene({ countEveryMs: 2_000, clock: () => now, pageRows: 10 });
    const other = { processInstanceId: 'j', parentActivityInstanceId: 'j' };
    const happens = (id: string, ms: number) => engine.activities.push(activity(id, 'other', 1, [ms, ms], other));
    happens('z', 20_000);
    await read();
    for (let number = 0; number < 12; number += 1) happens(`o${number}`, 20_100 + 20 * number);
    bus.onPublish = () => {
      bus.onPublish = () => undefined;
      now += 60_000;
      engine.instances.push(instance('i', 19_000, null));
      happens('y', 80_000);
    };
    const types: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) types.push(...(await read()).types);

    expect(types.filter(isOfInstance)).toEqual(['process.ordering.started']);
  });

  it('are all published when the bus goes away after something was found far behind, and stays away for long', async () => {
    const { engine, read, readInVain, crash } = scene({ countEveryMs: never });
    const other = { processInstanceId: 'j', parentActivityInstanceId: 'j' };
    engine.activities.push(activity('z', 'other', 1, [20_000, 20_000], other));
    await read();
    engine.instances.push(instance('i', 5_000, null));
    await crash(() => 0);
    expect(await readInVain(0)).toEqual([]);
    engine.activities.push(activity('y', 'other', 1, [90_000, 90_000], other));
    const types = [...(await read()).types, ...(await read()).types];

    expect(types.filter(isOfInstance)).toEqual(['process.ordering.started']);
  });
});
