import type { EngineClient, HistoricInstance } from '@procos/engine-client';
import type { EngineWorld } from './engine-world.ts';

type Filter = Readonly<Record<string, unknown>>;

/** History of a fake engine, with the filters that the gateway uses. */
export function fakeHistory(world: EngineWorld): Partial<EngineClient['history']> {
  const after = (time: string | null, bound: unknown) =>
    typeof bound !== 'string' || (time !== null && Date.parse(time) >= Date.parse(bound));
  return {
    instance: async (id) => world.instances.find((one) => one.id === id),
    instances: async (filter, page = {}) => {
      const found = world.instances.filter(
        (one) =>
          matches(world, one, filter) &&
          after(one.startTime, filter['startedAfter']) &&
          after(one.endTime, filter['finishedAfter']),
      );
      return ordered(found, (one) => one.startTime, 'desc').slice(
        page.firstResult ?? 0,
        (page.firstResult ?? 0) + (page.maxResults ?? 200),
      );
    },
    countMatching: async (filter) => world.instances.filter((one) => matches(world, one, filter)).length,
    path: async (processInstanceId) => world.activities.filter((one) => one.processInstanceId === processInstanceId),
    variables: async (processInstanceId) => world.variables.get(processInstanceId) ?? {},
    taskLog: async (query) =>
      paged(
        ordered(world.taskLog, (one) => one.timestamp, query['sortOrder']),
        query,
      ),
    taskFailures: async () =>
      new Map(
        [
          ...Map.groupBy(
            world.taskLog.filter((one) => one.failureLog),
            (one) => one.externalTaskId,
          ),
        ].map(([id, rows]) => [id, rows.length]),
      ),
    jobFailures: async () => new Map(world.incidents.map(({ configuration }) => [configuration ?? '', 3])),
    taskFailureDetails: async (logId) => world.details.get(logId) ?? '',
    jobFailureStacktrace: async (logId) => world.details.get(logId) ?? '',
    activities: async (query) =>
      paged(
        world.activities.filter(
          (one) =>
            (query['activityType'] === undefined || one.activityType === query['activityType']) &&
            (query['completeScope'] === undefined || one.completeScope === query['completeScope']) &&
            after(one.startTime, query['startedAfter']) &&
            after(one.endTime, query['finishedAfter']),
        ),
        query,
      ),
    incidents: async (query) =>
      paged(
        world.incidentLog.filter(
          (one) =>
            after(one.createTime, query['createTimeAfter']) &&
            after(one.endTime, query['endTimeAfter']) &&
            [undefined, one.processInstanceId].includes(query['processInstanceId']) &&
            [undefined, one.rootCauseIncidentId].includes(query['rootCauseIncidentId']),
        ),
        query,
      ),
  };
}

function matches(world: EngineWorld, instance: HistoricInstance, filter: Filter): boolean {
  const {
    processDefinitionKey,
    processInstanceBusinessKey,
    processInstanceBusinessKeyLike,
    processInstanceIds,
    finished,
    withIncidents,
    internallyTerminated,
  } = filter;
  const like =
    typeof processInstanceBusinessKeyLike === 'string' ? processInstanceBusinessKeyLike.replace(/%$/, '') : undefined;
  return (
    (processDefinitionKey === undefined || instance.processDefinitionKey === processDefinitionKey) &&
    (processInstanceBusinessKey === undefined || instance.businessKey === processInstanceBusinessKey) &&
    (like === undefined || instance.businessKey?.startsWith(like) === true) &&
    (!Array.isArray(processInstanceIds) || processInstanceIds.includes(instance.id)) &&
    (internallyTerminated !== true || instance.state === 'INTERNALLY_TERMINATED') &&
    (finished !== true || instance.endTime !== null) &&
    (withIncidents !== true || world.incidents.some((incident) => incident.processInstanceId === instance.id)) &&
    hasState(instance, filter)
  );
}

function hasState({ state }: HistoricInstance, { active, suspended, completed, orQueries }: Filter): boolean {
  if (active === true) return state === 'ACTIVE';
  if (suspended === true) return state === 'SUSPENDED';
  if (completed === true) return state === 'COMPLETED';
  return orQueries === undefined || state.endsWith('TERMINATED');
}

function ordered<Row>(rows: readonly Row[], time: (row: Row) => string, order: unknown): Row[] {
  const sorted = rows.toSorted((a, b) => Date.parse(time(a)) - Date.parse(time(b)));
  return order === 'desc' ? sorted.toReversed() : sorted;
}

function paged<Row>(rows: readonly Row[], query: Filter): Row[] {
  const first = Number(query['firstResult'] ?? 0);
  return rows.slice(first, first + Number(query['maxResults'] ?? rows.length));
}
