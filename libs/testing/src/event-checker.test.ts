import type { ProcosEvent } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { describe, expect, it } from 'vitest';
import { checkEvents } from './event-checker.ts';

/** One instance: begun, then a sub-process with a task in it. */
const rows = [
  { id: 'r1', activityId: 'begun', parentActivityInstanceId: 'i', canceled: false, endTime: 'then' },
  { id: 'r2', activityId: 'sub', parentActivityInstanceId: 'i', canceled: false, endTime: 'then' },
  { id: 'r3', activityId: 'pay', parentActivityInstanceId: 'r2', canceled: true, endTime: 'then' },
];
const history = {
  instance: async () => ({ processDefinitionKey: 'p', state: 'COMPLETED', endTime: 'then' }),
  path: async () => rows,
  taskLog: async () => [
    { topicName: 'pay', activityInstanceId: 'r3', creationLog: true },
    { topicName: 'pay', activityInstanceId: 'r3', failureLog: true },
    { topicName: 'pay', activityInstanceId: 'r3', deletionLog: true },
  ],
  incidents: async () => [
    { id: 'n1', incidentType: 'failedExternalTask', endTime: 'then', rootCauseIncidentId: 'n1' },
    { id: 'n2', incidentType: 'failedExternalTask', endTime: null, rootCauseIncidentId: 'elsewhere' },
  ],
};
const engine = { history } as unknown as EngineClient;

const event = (type: string, activityInstanceId?: string, id = `${type} ${activityInstanceId ?? ''}`) =>
  ({
    id,
    type,
    subject: 'i',
    data: activityInstanceId === undefined ? {} : { activityInstanceId },
  }) as unknown as ProcosEvent;
const incident = (what: string) =>
  ({ ...event(`incident.failedExternalTask.${what}`), data: { incidentId: 'n1' } }) as unknown as ProcosEvent;
const story = [
  event('process.p.started'),
  event('activity.p.begun.started', 'r1'),
  event('activity.p.begun.completed', 'r1'),
  event('activity.p.sub.started', 'r2'),
  event('activity.p.pay.started', 'r3'),
  event('task.pay.created', 'r3'),
  event('task.pay.failed', 'r3'),
  incident('opened'),
  incident('resolved'),
  event('task.pay.bpmn_error', 'r3'),
  event('activity.p.pay.canceled', 'r3'),
  event('activity.p.sub.completed', 'r2'),
  event('process.p.completed'),
];
const check = (events: readonly ProcosEvent[]) => checkEvents(engine, ['i'], events);
/** The story with two of its events in each other's place. */
const swapped = (a: number, b: number) =>
  story.map((one, index) => story[index === a ? b : index === b ? a : index] ?? one);

describe('the checker of events', () => {
  it('finds nothing wrong in a story that is whole and in order', async () => {
    expect(await check(story)).toEqual({ lost: [], unexpected: [], duplicated: 0, unstable: [], outOfOrder: [] });
  });

  it('misses each event that was not received', async () => {
    for (const [index, { type }] of story.entries()) {
      const { lost, outOfOrder } = await check(story.toSpliced(index, 1));
      expect({ type, found: lost.length + outOfOrder.length }).toEqual({
        type,
        // Without its creation what follows of the task has come too early as well.
        found: type === 'task.pay.bpmn_error' ? 0 : type === 'task.pay.created' ? 3 : 1,
      });
    }
  });

  it.each([
    ['an instance that begins after its first element', 0, 1],
    ['an element that ends before it begins', 1, 2],
    ['an element that begins before the one before it has ended', 2, 3],
    ['an element that begins before what it is inside of', 3, 4],
    ['a task that is created after its end', 5, 6],
    ['a sub-process that ends before what is inside it', 10, 11],
    ['an instance that ends before its last element', 11, 12],
  ])('sees %s', async (_what, a, b) => {
    const { outOfOrder, lost, unexpected } = await check(swapped(a, b));

    expect({ lost, unexpected }).toEqual({ lost: [], unexpected: [] });
    expect(outOfOrder).not.toEqual([]);
  });

  it('counts repetitions, knows them by their id, and wonders at what history does not hold', async () => {
    const more = [
      ...story,
      event('activity.p.begun.started', 'r1'),
      event('activity.p.sub.started', 'r2', 'other id'),
      event('activity.p.gone.started', 'r9'),
    ];

    expect(await check(more)).toMatchObject({
      duplicated: 2,
      unstable: ['activity.p.sub.started r2'],
      unexpected: ['activity.p.gone.started r9'],
      lost: [],
    });
  });
});
