import { pastActivities } from './history/past-activities.ts';
import { pastFailures } from './history/past-failures.ts';
import { pastInstances } from './history/past-instances.ts';
import { pastVariables } from './history/past-variables.ts';
import type { EngineHttp } from './http.ts';

export type History = ReturnType<typeof history>;

/** What happened, read from the engine's own history. */
export function history(http: EngineHttp) {
  return { ...pastInstances(http), ...pastActivities(http), ...pastVariables(http), ...pastFailures(http) };
}
