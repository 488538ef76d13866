import { describe, expect, it } from 'vitest';
import { activity, instance, scene } from '../testing/reading-scene.ts';

describe('what errors have done: the next events', () => {
  it('tell that a called process has failed when its error end event ends it', async () => {
    const { engine, read } = scene();
    engine.instances.push({ ...instance('i', 0, 5), state: 'INTERNALLY_TERMINATED', superProcessInstanceId: 'caller' });
    engine.activities.push(activity('1', 'broken', 5, [5, 5], { activityType: 'errorEndEvent' }));

    expect((await read()).events.find(({ type }) => type === 'process.ordering.failed')?.data).toMatchObject({
      instanceId: 'i',
      failedAt: 'broken',
      errorCode: 'REFUSED',
    });
  });

  it('tell the error of a task that only the calling process catches', async () => {
    const { engine, read } = scene();
    engine.instances.push({ ...instance('i', 0, 5), state: 'INTERNALLY_TERMINATED', superProcessInstanceId: 'caller' });
    engine.activities.push(
      activity('1', 'pay', 3, [1, 5], { canceled: true }),
      activity('2', 'not_paid', 9, [5, 5], {
        activityType: 'boundaryError',
        processInstanceId: 'caller',
        parentActivityInstanceId: 'caller',
      }),
    );

    const { types, events } = await read();
    expect(types).toEqual(expect.arrayContaining(['task.payment.bpmn_error', 'process.ordering.failed']));
    const codes = events.flatMap(({ data }) => data['errorCode'] ?? []);
    expect(codes).toEqual(['REFUSED', 'REFUSED']);
  });

  it.each([
    ['at once', 0],
    ['a while later, on a busy machine', 900],
  ])('tell the error of a task that is caught %s', async (_when, later) => {
    const { engine, read } = scene();
    engine.instances.push(instance('i', 0, 2_000));
    engine.activities.push(
      activity('1', 'pay', 3, [1, 5], { canceled: true }),
      activity('2', 'not_paid', 9, [5 + later, 5 + later], { activityType: 'boundaryError' }),
    );

    const { types } = await read();
    expect(types).toContain('task.payment.bpmn_error');
    expect(types).toContain('process.ordering.completed');
  });

  it('tell no error of a task that a timer has ended, although a later one is caught', async () => {
    const { engine, read } = scene();
    engine.activities.push(
      activity('1', 'pay', 3, [1, 5], { canceled: true }),
      activity('2', 'too_late', 5, [6, 6], { activityType: 'boundaryTimer' }),
      activity('3', 'refund', 7, [7, 20], { canceled: true }),
      activity('4', 'not_refunded', 9, [21, 21], { activityType: 'boundaryError' }),
    );

    const { events } = await read();
    const errors = events.filter(({ type }) => type.endsWith('.bpmn_error'));
    expect(errors.map(({ data }) => data['activityInstanceId'])).not.toContain('1');
  });

  it('tell that a process has completed that catches its own error end event', async () => {
    const { engine, read } = scene();
    engine.instances.push(instance('i', 0, 400));
    engine.activities.push(
      activity('1', 'broken', 5, [5, 5], { activityType: 'errorEndEvent' }),
      activity('2', 'mended', 7, [300, 300], { activityType: 'errorStartEvent' }),
    );

    expect((await read()).types).toContain('process.ordering.completed');
  });

  it('tell that a process has failed whose last step should have led on, and the error of that step', async () => {
    const { engine, read } = scene();
    engine.instances.push(instance('i', 0, 5));
    engine.activities.push(
      activity('1', 'begun', 1, [0, 0], { activityType: 'startEvent' }),
      activity('2', 'pay', 3, [1, 5]),
    );

    const { types, events } = await read();
    expect(types).toContain('task.payment.bpmn_error');
    expect(types).not.toContain('task.payment.completed');
    expect(events.find(({ type }) => type === 'process.ordering.failed')?.data).toMatchObject({ failedAt: 'pay' });
  });

  it.each(['running', 'ended'])(
    'tell the same when it ends while the bridge reads: before it asks for %s',
    async (when) => {
      const { engine, read } = scene();
      const row = instance('i', 0, null);
      engine.instances.push(row);
      engine.activities.push(activity('1', 'begun', 1, [0, 0], { activityType: 'startEvent' }));
      const [working, done] = [activity('2', 'pay', 3, [1, null]), activity('2', 'pay', 3, [1, 5])];
      engine.activities.push(working);
      engine.onAsk = (question) => {
        if (question !== when) return;
        engine.onAsk = () => undefined;
        engine.activities.splice(engine.activities.indexOf(working), 1, done);
        engine.instances.splice(0, 1, instance('i', 0, 5));
      };

      const types = [...(await read()).types, ...(await read()).types];

      expect(types.filter((type) => /^task|failed$/.test(type))).toEqual([
        'task.payment.created',
        'task.payment.bpmn_error',
        'process.ordering.failed',
      ]);
    },
  );

  it('tell that a process has completed that ends with a step that leads nowhere, or at an end event in the same moment', async () => {
    const { engine, read } = scene();
    engine.instances.push(instance('i', 0, 5), instance('j', 0, 9));
    engine.activities.push(
      activity('1', 'last', 3, [1, 5]),
      activity('2', 'pay', 3, [1, 9], { processInstanceId: 'j', parentActivityInstanceId: 'j' }),
      activity('3', 'ended', 5, [9, 9], {
        activityType: 'noneEndEvent',
        processInstanceId: 'j',
        parentActivityInstanceId: 'j',
      }),
    );

    const { types } = await read();
    expect(types.filter((type) => type === 'process.ordering.completed')).toHaveLength(2);
    expect(types).toContain('task.payment.completed');
  });

  it('tell the error of a task that is caught two calls above it', async () => {
    const { engine, read } = scene();
    const called = { state: 'INTERNALLY_TERMINATED' } as const;
    engine.instances.push(
      { ...instance('i', 0, 5), ...called, superProcessInstanceId: 'middle' },
      { ...instance('middle', 0, 6), ...called, superProcessInstanceId: 'caller' },
    );
    engine.activities.push(
      activity('1', 'pay', 3, [1, 5], { canceled: true }),
      activity('2', 'not_paid', 9, [70, 70], {
        activityType: 'boundaryError',
        processInstanceId: 'caller',
        parentActivityInstanceId: 'caller',
      }),
    );

    const { types } = await read();
    expect(types).toContain('task.payment.bpmn_error');
    expect(types).toContain('process.ordering.failed');
  });

  it('tell that a called process was terminated when its caller goes on without it, or a person has ended it', async () => {
    const { engine, read } = scene();
    engine.instances.push(
      { ...instance('i', 0, 5), state: 'INTERNALLY_TERMINATED', superProcessInstanceId: 'caller' },
      { ...instance('j', 0, 6), state: 'EXTERNALLY_TERMINATED' },
    );
    engine.activities.push(
      activity('1', 'pay', 3, [1, 5], { canceled: true }),
      activity('2', 'late', 9, [5, 5], {
        activityType: 'boundaryTimer',
        processInstanceId: 'caller',
        parentActivityInstanceId: 'caller',
      }),
    );

    const { types } = await read();
    expect(types.filter((type) => type === 'process.ordering.terminated')).toHaveLength(2);
    expect(types).not.toContain('task.payment.bpmn_error');
  });
});
