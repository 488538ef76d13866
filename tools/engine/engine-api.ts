import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Types of the engine's queries, made from its OpenAPI document. */
export const engineApiFile = 'libs/engine-client/src/generated/engine-types.ts';

/** The operations whose queries `libs/engine-client` hands on. */
export const operationIds: readonly string[] = [
  'fetchAndLock',
  'getHistoricActivityInstances',
  'getHistoricActivityInstancesCount',
  'getHistoricExternalTaskLogs',
  'getHistoricIncidents',
  'getHistoricIncidentsCount',
  'getHistoricProcessInstancesCount',
  'queryHistoricProcessInstances',
  'getTasks',
  'getTasksCount',
];

/**
 * The version of Camunda whose document the types are made from: that of the profile in the engine's project. For
 * Operaton there is none in Maven Central; it keeps the API of Camunda 7.
 *
 * @throws Error when the project names none
 */
export function engineApiVersion(root: string): string {
  const pom = readFileSync(join(root, 'infra/engine/pom.xml'), 'utf8');
  const [, version] = /<engine\.version>(7\.[^<]+)<\/engine\.version>/.exec(pom) ?? [];
  if (version === undefined) throw new Error('infra/engine/pom.xml names no version of Camunda');
  return version;
}
