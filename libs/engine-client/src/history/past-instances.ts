import { unlessNotFound } from '../engine-errors.ts';
import type { InstanceFilter, InstanceSelection } from '../engine-queries.ts';
import { countAt, type EngineHttp } from '../http.ts';

/** Source: Camunda 7 REST API, HistoricProcessInstanceDto (fields used here). */
export interface HistoricInstance {
  readonly id: string;
  readonly businessKey: string | null;
  readonly processDefinitionId: string;
  readonly processDefinitionKey: string;
  readonly processDefinitionName: string | null;
  readonly processDefinitionVersion: number;
  readonly startTime: string;
  readonly endTime: string | null;
  readonly durationInMillis: number | null;
  readonly superProcessInstanceId: string | null;
  readonly rootProcessInstanceId: string | null;
  readonly deleteReason: string | null;
  readonly state: 'ACTIVE' | 'SUSPENDED' | 'COMPLETED' | 'EXTERNALLY_TERMINATED' | 'INTERNALLY_TERMINATED';
}

/** Those of one moment in the order of their ids, so that no page repeats or leaves out one. */
const newestFirst = [
  { sortBy: 'startTime', sortOrder: 'desc' },
  { sortBy: 'instanceId', sortOrder: 'asc' },
];

/** Instances, ended ones included. */
export function pastInstances(http: EngineHttp) {
  return {
    /** `undefined` when the engine knows no such instance. */
    instance: (id: string): Promise<HistoricInstance | undefined> =>
      unlessNotFound(http.request<HistoricInstance>('GET', `/history/process-instance/${encodeURIComponent(id)}`)),
    /** Newest first, unless the filter says otherwise. Filters are those of the engine's REST API. */
    instances: (
      filter: InstanceSelection,
      page: { firstResult?: number; maxResults?: number } = {},
    ): Promise<readonly HistoricInstance[]> =>
      http.request('POST', '/history/process-instance', {
        json: { sorting: newestFirst, ...filter },
        query: { maxResults: 200, ...page },
      }),
    /** How many there are of what {@link instances} lists. */
    countMatching: async (filter: InstanceSelection): Promise<number> =>
      (await http.request<{ count: number }>('POST', '/history/process-instance/count', { json: filter })).count,
    countInstances: (query: InstanceFilter): Promise<number> => countAt(http, '/history/process-instance/count', query),
  };
}
