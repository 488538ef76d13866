import type { EngineClient, HistoricActivity, HistoricInstance } from '@procos/engine-client';

/** The engine counts an instance that ended in an error as completed, or as terminated by its caller: its error end event tells. */
const rowsPerQuery = 1_000;

/** Which of some instances ended in an error. Asked for the time in which they ran, so that a page of a list costs one query. */
export async function failedAmong(
  engine: EngineClient,
  instances: readonly HistoricInstance[],
): Promise<ReadonlySet<string>> {
  const ended = instances.filter(mayHaveFailed);
  if (ended.length === 0) return new Set();
  const starts = ended.map(({ startTime }) => startTime);
  const ids = new Set(ended.map(({ id }) => id));
  const failed = await failedIds(engine, { startedAfter: earliest(starts) });
  return new Set(failed.filter((id) => ids.has(id)));
}

/** All instances that ended in an error and match a filter of the engine's history, newest first. */
export async function failedInstances(
  engine: EngineClient,
  filter: Readonly<Record<string, unknown>>,
): Promise<readonly HistoricInstance[]> {
  const ids = await failedIds(engine, {});
  const found: HistoricInstance[] = [];
  for (let first = 0; first < ids.length; first += idsPerQuery) {
    const processInstanceIds = ids.slice(first, first + idsPerQuery);
    found.push(
      ...(await engine.history.instances(
        { ...filter, processInstanceIds, finished: true },
        { maxResults: idsPerQuery },
      )),
    );
  }
  return found
    .filter(mayHaveFailed)
    .toSorted((a, b) => Date.parse(b.startTime) - Date.parse(a.startTime) || b.id.localeCompare(a.id));
}
const idsPerQuery = 200;

/** What somebody ended from outside has not failed by itself. */
export function mayHaveFailed({ endTime, state }: HistoricInstance): boolean {
  return endTime !== null && state !== 'EXTERNALLY_TERMINATED';
}

async function failedIds(engine: EngineClient, window: { readonly startedAfter?: string }): Promise<string[]> {
  const ids = new Set<string>();
  for (let firstResult = 0; ; firstResult += rowsPerQuery) {
    const rows = await engine.history.activities({
      activityType: 'errorEndEvent',
      ...window,
      sortBy: 'startTime',
      sortOrder: 'desc',
      firstResult,
      maxResults: rowsPerQuery,
    });
    for (const row of rows) if (isOwnEnd(row)) ids.add(row.processInstanceId);
    if (rows.length < rowsPerQuery) return [...ids];
  }
}

/** Error end events of sub-processes are caught around them, or become one of the instance itself. */
function isOwnEnd({ parentActivityInstanceId, processInstanceId }: HistoricActivity): boolean {
  return parentActivityInstanceId === processInstanceId;
}

function earliest(times: readonly string[]): string {
  return times.reduce((first, time) => (Date.parse(time) < Date.parse(first) ? time : first));
}
