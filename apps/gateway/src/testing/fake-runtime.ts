import { messageNames, processKeys } from '@procos/contracts';
import { createGiveTries, type EngineClient } from '@procos/engine-client';
import { badRequest, nobodyWaitsFor, notFound } from './engine-answers.ts';
import { addInstance, endInstance, type EngineWorld } from './engine-world.ts';

/** Running instances of a fake engine. A user request starts an instance that the test then moves on by hand. */
export function fakeRuntime(world: EngineWorld): Partial<EngineClient['runtime']> {
  const endIncidentsOf = async (configuration: string) => resolveIncidentsOf(world, configuration);
  const open = () => world.instances.filter((one) => one.endTime === null);
  return {
    correlate: async ({ messageName, businessKey, variables = {} }) => {
      const known = world.definitions.some((one) => one.key === processKeys.userRequest);
      if (messageName !== messageNames.userRequest || !known) throw nobodyWaitsFor(messageName);
      const instance = addInstance(world, processKeys.userRequest, { businessKey: businessKey ?? null });
      world.variables.set(instance.id, { ...variables });
      return {
        resultType: 'ProcessDefinition',
        processInstance: { id: instance.id, definitionId: instance.processDefinitionId },
        execution: null,
      };
    },
    countReceivers: async () => 0,
    instances: async ({ processDefinitionKey, businessKey }) =>
      open()
        .filter((one) => processDefinitionKey === undefined || one.processDefinitionKey === processDefinitionKey)
        .filter((one) => businessKey === undefined || one.businessKey === businessKey)
        .map((one) => ({ id: one.id, definitionId: one.processDefinitionId, businessKey: one.businessKey })),
    deleteInstance: async (id) => endInstance(world, id, 'EXTERNALLY_TERMINATED'),
    incidents: async ({ processInstanceId, rootCauseIncidentId, firstResult = 0 } = {}) =>
      world.incidents
        .filter((one) => processInstanceId === undefined || one.processInstanceId === processInstanceId)
        .filter((one) => rootCauseIncidentId === undefined || one.rootCauseIncidentId === rootCauseIncidentId)
        .slice(firstResult, firstResult + 500),
    incident: async (id) => world.incidents.find((one) => one.id === id),
    countInstances: async ({ processDefinitionId } = {}) =>
      open().filter((one) => processDefinitionId === undefined || one.processDefinitionId === processDefinitionId)
        .length,
    jobStacktrace: async (id) => world.details.get(id) ?? '',
    giveTries: createGiveTries({ task: endIncidentsOf, job: endIncidentsOf }),
  };
}

/** External tasks of a fake engine. */
export function fakeExternalTasks(world: EngineWorld): Partial<EngineClient['externalTasks']> {
  return {
    errorDetails: async (id) => world.details.get(id) ?? '',
    listOf: async (ids) => world.externalTasks.filter((one) => ids.includes(one.processInstanceId)),
  };
}

function resolveIncidentsOf(world: EngineWorld, configuration: string): void {
  if (world.goneWork.has(configuration)) throw notFound('task');
  world.incidents = world.incidents.filter((one) => one.configuration !== configuration);
}

/** User tasks of a fake engine. */
export function fakeUserTasks(world: EngineWorld): Partial<EngineClient['userTasks']> {
  const instanceOf = (id: string) => {
    const task = world.userTasks.find((one) => one.id === id);
    if (task === undefined) throw badRequest(`Cannot find task with id ${id}: task is null`, 'NullValueException');
    return task.processInstanceId ?? '';
  };
  return {
    list: async ({ processInstanceId, firstResult = 0, maxResults = 200 } = {}) =>
      world.userTasks
        .filter((one) => processInstanceId === undefined || one.processInstanceId === processInstanceId)
        .slice(Number(firstResult), Number(firstResult) + Number(maxResults)),
    count: async ({ processInstanceId } = {}) =>
      world.userTasks.filter((one) => processInstanceId === undefined || one.processInstanceId === processInstanceId)
        .length,
    find: async (id) => world.userTasks.find((one) => one.id === id),
    variables: async (id) => world.variables.get(instanceOf(id)) ?? {},
    complete: async (id, variables = {}) => {
      const instance = instanceOf(id);
      world.variables.set(instance, { ...world.variables.get(instance), ...variables });
      world.userTasks = world.userTasks.filter((one) => one.id !== id);
    },
  };
}
