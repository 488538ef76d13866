import { type EngineClient, EngineRequestError, type InstanceSelection, toEngineTime } from '@procos/engine-client';
import { beforeAll, expect, it } from 'vitest';

/** What the suite is run on: an engine, and a way to have something happen in it. */
export interface EngineWithPast {
  readonly client: EngineClient;
  /**
   * Deploys a process twice and starts three instances of it, one after the other with more than a millisecond between:
   * two have ended, one has passed `begun` and stands at `first`.
   *
   * @returns their ids in the order of their starts
   */
  happen(): Promise<readonly [ended: string, endedLater: string, running: string]>;
  readonly key: string;
  /** Before anything happened. */
  readonly since: number;
}

/** What the bridge relies on when it reads the history: which rows a question gives, and in which order. */
export function historyContract(under: EngineWithPast): void {
  const { history, repository } = under.client;
  const start = toEngineTime(new Date(under.since));
  let ids: readonly [string, string, string];
  beforeAll(async () => {
    ids = await under.happen();
  }, 60_000);
  const mine = <Row extends { readonly processInstanceId: string }>(rows: readonly Row[]) =>
    rows.filter(({ processInstanceId }) => ids.includes(processInstanceId));
  const oldestFirst = (sortBy: 'startTime' | 'endTime') => ({ sorting: [{ sortBy, sortOrder: 'asc' }] }) as const;
  const from = (filter: InstanceSelection, sortBy: 'startTime' | 'endTime', maxResults = 1_000) =>
    history
      .instances({ ...filter, ...oldestFirst(sortBy) }, { maxResults })
      .then((rows) => rows.map(({ id }) => id).filter((id) => ids.includes(id)));

  it('gives instances in the order of their starts or ends, those of the moment that is named included', async () => {
    const [ended, endedLater, running] = ids;
    const { startTime = '', endTime } = (await history.instance(endedLater)) ?? {};

    expect(await from({ startedAfter: start }, 'startTime')).toEqual([ended, endedLater, running]);
    expect(await from({ startedAfter: startTime }, 'startTime')).toEqual([endedLater, running]);
    expect(await from({ finishedAfter: start }, 'endTime')).toEqual([ended, endedLater]);
    expect(await from({ finishedAfter: endTime }, 'endTime')).toEqual([endedLater]);
  });

  it('gives activities that have ended in the order of their ends, without those of the moment that is named', async () => {
    const rows = mine(await history.endedActivities(start, 10_000));
    const ends = rows.map(({ endTime }) => endTime ?? '');
    const moments = ends.map((end) => Date.parse(end));
    const [first = '', last = ''] = [ends[0], ends.at(-1)];

    expect(rows.map(({ processInstanceId, activityId }) => `${ids.indexOf(processInstanceId)} ${activityId}`)).toEqual(
      expect.arrayContaining(['0 begun', '0 first', '0 ended', '1 begun', '1 first', '1 ended', '2 begun']),
    );
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    expect(mine(await history.endedActivities(first, 10_000)).map(({ endTime }) => endTime)).toEqual(
      ends.filter((end) => end !== first),
    );
    expect(mine(await history.endedActivities(last, 10_000))).toEqual([]);
    // Until a moment: with it.
    expect(mine(await history.endedActivities(start, 10_000, first)).map(({ endTime }) => endTime)).toEqual(
      ends.filter((end) => end === first),
    );
  });

  it('gives activities that run, without those of the moment that is named', async () => {
    const rows = mine(await history.runningActivities(start, 10_000));
    const [{ startTime = '' } = {}] = rows;

    expect(rows).toMatchObject([{ activityId: 'first', processInstanceId: ids[2], endTime: null }]);
    expect(mine(await history.runningActivities(startTime, 10_000))).toEqual([]);
    expect(mine(await history.runningActivities(start, 10_000, startTime))).toHaveLength(1);
  });

  it('counts what began or ended between two moments, both included', async () => {
    const times = await Promise.all(ids.map(async (id) => (await history.instance(id))?.startTime ?? ''));
    const { endTime } = (await history.instance(ids[0])) ?? {};
    const count = (startedAfter = '', startedBefore = '') =>
      history.countInstances({ processDefinitionKey: under.key, startedAfter, startedBefore });

    expect(await count(times[0], times[2])).toBe(3);
    expect(await count(times[1], times[1])).toBe(1);
    expect(
      await history.countInstances({
        processDefinitionKey: under.key,
        finishedAfter: endTime ?? '',
        finishedBefore: endTime ?? '',
      }),
    ).toBe(1);
  });

  it('gives an activity by its id, and undefined for one that is not there', async () => {
    const [row] = mine(await history.runningActivities(start, 10_000));

    expect(await history.activity(row?.id ?? '')).toMatchObject({ id: row?.id, activityId: 'first', endTime: null });
    expect(await history.activity('nobody')).toBeUndefined();
  });

  it('gives deployments in their order, without those of the moment that is named', async () => {
    const all = (await repository.deploymentsAfter(start, 1_000)).filter(({ name }) => name === under.key);
    const [older, newer] = all;

    expect(all).toHaveLength(2);
    const later = (await repository.deploymentsAfter(older?.deploymentTime ?? '', 1_000)).map(({ id }) => id);
    expect(later).not.toContain(older?.id);
    expect(later).toContain(newer?.id);
  });

  it('refuses the model of a definition that is not there', async () => {
    await expect(repository.definitionXml('nobody')).rejects.toEqual(
      expect.objectContaining({ name: EngineRequestError.name, status: 404 }),
    );
  });
}
