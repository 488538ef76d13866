import { randomUUID } from 'node:crypto';
import { createEngineClient, toEngineTime } from '@procos/engine-client';
import type { EngineUnderTest } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { sampleProcess } from '../testing/sample-process.ts';
import { createMissingActivities } from './missing-activities.ts';

const engine = createEngineClient(inject('engine') satisfies EngineUnderTest);
const key = `scoped_${randomUUID().slice(0, 8)}`;
const workerId = `test/${key}`;

beforeAll(() =>
  engine.repository
    .deploy({ name: key, source: 'test', resources: { [`${key}.bpmn`]: sampleProcess(key) } })
    .then(() => undefined),
);
afterAll(() => engine.close());

async function complete(task: string): Promise<void> {
  const [found] = await engine.externalTasks.fetchAndLock({
    workerId,
    maxTasks: 1,
    topics: [{ topicName: `${key}_${task}`, lockDuration: 20_000, variables: [] }],
    waitMs: 5_000,
  });
  await engine.externalTasks.complete(found?.id ?? '', workerId, {});
}

describe('an activity of a real engine that is missing in a reading', () => {
  it.each([
    { what: 'while it runs', hasEnded: false },
    { what: 'after it has ended', hasEnded: true },
  ])('is found with its place in the order $what', async ({ hasEnded }) => {
    const since = Date.now() - 1_000;
    const { id } = await engine.runtime.startByKey(key);
    await complete('first');
    if (hasEnded) await complete('second');
    const rows = (await engine.history.endedActivities(toEngineTime(new Date(since)), 10_000)).filter(
      (row) => row.processInstanceId === id,
    );
    const [before, inside] = [
      rows.find(({ activityId }) => activityId === 'first'),
      rows.filter(({ activityId }) => activityId === 'inside_begun'),
    ];

    // Asks for nothing but the future, so that it is found by its id and not among what runs.
    const { missing } = await createMissingActivities(engine)({
      activities: inside,
      failures: [],
      wasBegun: () => false,
      publishedUntil: since,
      isCut: false,
    });

    expect(missing).toMatchObject([{ id: inside[0]?.parentActivityInstanceId, activityId: 'inside' }]);
    expect(missing[0]?.sequenceCounter).toBeGreaterThan(before?.sequenceCounter ?? Infinity);
    expect(missing[0]?.sequenceCounter).toBeLessThan(inside[0]?.sequenceCounter ?? 0);
    if (!hasEnded) await complete('second');
  });
});
