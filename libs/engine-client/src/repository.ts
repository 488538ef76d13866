import type { EngineHttp } from './http.ts';
import { definitions } from './repository/definitions.ts';
import { deployedResources } from './repository/deployed-resources.ts';
import { deployments } from './repository/deployments.ts';

export type Repository = ReturnType<typeof repository>;

/** Deployments and process definitions. */
export function repository(http: EngineHttp) {
  return { ...deployments(http), ...deployedResources(http), ...definitions(http) };
}
