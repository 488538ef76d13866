import { unlessNotFound } from './engine-errors.ts';
import type { UserTaskFilter, UserTaskQuery } from './engine-queries.ts';
import { countAt, type EngineHttp } from './http.ts';
import { decodeVariables, encodeVariables, type EngineValue, type Variables } from './variables.ts';

/** Work that waits for a person. Source: Camunda 7 REST API, TaskDto (fields used here). */
export interface UserTask {
  readonly id: string;
  readonly name: string | null;
  readonly description: string | null;
  /** Id of the BPMN element. */
  readonly taskDefinitionKey: string;
  readonly assignee: string | null;
  readonly created: string;
  readonly due: string | null;
  readonly processInstanceId: string | null;
  readonly processDefinitionId: string | null;
}

const byAge = [
  { sortBy: 'created', sortOrder: 'asc' },
  { sortBy: 'id', sortOrder: 'asc' },
];

export type UserTasks = ReturnType<typeof userTasks>;

/** User tasks: what waits for people, and its completion. */
export function userTasks(http: EngineHttp) {
  const task = (id: string) => `/task/${encodeURIComponent(id)}`;
  return {
    /** Oldest first; those of one moment in the order of their ids, so that no page repeats or leaves out one. Filters are those of the engine's REST API. */
    list: ({ firstResult, maxResults = 200, ...filter }: UserTaskQuery = {}): Promise<readonly UserTask[]> =>
      http.request('POST', '/task', { json: { ...filter, sorting: byAge }, query: { firstResult, maxResults } }),
    count: (query: UserTaskFilter = {}): Promise<number> => countAt(http, '/task/count', query),
    /** `undefined` when there is no such task (any more). */
    find: (id: string): Promise<UserTask | undefined> => unlessNotFound(http.request<UserTask>('GET', task(id))),
    /** All variables that are visible from the task. */
    variables: async (id: string): Promise<Record<string, unknown>> =>
      decodeVariables(
        await http.request<Record<string, EngineValue>>('GET', `${task(id)}/variables`, {
          query: { deserializeValues: false },
        }),
      ),
    /** @throws EngineRequestError, also when the task does not exist (any more): {@link find} tells which */
    complete: (id: string, variables: Variables = {}): Promise<void> =>
      http.request('POST', `${task(id)}/complete`, { json: { variables: encodeVariables(variables) } }),
  };
}
