import type {
  DeploymentRecord,
  HistoricActivity,
  HistoricIncident,
  HistoricInstance,
  HistoricTaskLogEntry,
  Incident,
  OpenExternalTask,
  ProcessDefinition,
  UserTask,
} from '@procos/engine-client';

export interface DeployedDefinition extends ProcessDefinition {
  readonly xml: string;
}

/** What a fake engine knows. Tests change it as a running engine would. */
export interface EngineWorld {
  definitions: DeployedDefinition[];
  deployments: DeploymentRecord[];
  /** Files of the newest deployment. */
  resources: ReadonlyMap<string, string>;
  /** True = an engine of another make, which cannot check a deployment. */
  hasNoCheck: boolean;
  instances: HistoricInstance[];
  activities: HistoricActivity[];
  variables: Map<string, Record<string, unknown>>;
  incidents: Incident[];
  incidentLog: HistoricIncident[];
  externalTasks: OpenExternalTask[];
  /** What was written about a failure, by external task or job. */
  readonly details: Map<string, string>;
  taskLog: HistoricTaskLogEntry[];
  userTasks: UserTask[];
  /** Tasks and jobs that ended although their incident is still shown. */
  readonly goneWork: Set<string>;
  /** True = no call is answered. */
  down: boolean;
  /** Names of the methods called, in order. */
  readonly calls: string[];
}

export function emptyWorld(): EngineWorld {
  return {
    definitions: [],
    deployments: [],
    resources: new Map(),
    hasNoCheck: false,
    instances: [],
    activities: [],
    variables: new Map(),
    incidents: [],
    incidentLog: [],
    externalTasks: [],
    details: new Map(),
    taskLog: [],
    userTasks: [],
    goneWork: new Set(),
    down: false,
    calls: [],
  };
}

let clock = Date.parse('2026-01-01T00:00:00Z');

/** The engine's form of a moment; each call is one millisecond later. */
export function tick(): string {
  clock += 1;
  return new Date(clock).toISOString().replace('Z', '+0000');
}

let lastId = 0;
export function newId(kind: string): string {
  lastId += 1;
  return `${kind}-${lastId}`;
}

export function addDefinition(world: EngineWorld, key: string, xml = `<bpmn id="${key}"/>`): DeployedDefinition {
  const version = world.definitions.filter((known) => known.key === key).length + 1;
  const definition = {
    id: `${key}:${version}`,
    key,
    name: `Process ${key}`,
    version,
    versionTag: null,
    resource: `${key}.bpmn`,
    deploymentId: newId('deployment'),
    suspended: false,
    xml,
  };
  world.definitions.push(definition);
  return definition;
}

/** A running instance of a deployed process. */
export function addInstance(world: EngineWorld, key: string, given: Partial<HistoricInstance> = {}): HistoricInstance {
  const definition = world.definitions.findLast((known) => known.key === key) ?? addDefinition(world, key);
  const id = given.id ?? newId('instance');
  const instance: HistoricInstance = {
    id,
    businessKey: null,
    processDefinitionId: definition.id,
    processDefinitionKey: key,
    processDefinitionName: definition.name,
    processDefinitionVersion: definition.version,
    startTime: tick(),
    endTime: null,
    durationInMillis: null,
    superProcessInstanceId: null,
    rootProcessInstanceId: id,
    deleteReason: null,
    state: 'ACTIVE',
    ...given,
  };
  world.instances.push(instance);
  world.variables.set(id, {});
  return instance;
}

export function endInstance(world: EngineWorld, id: string, state: HistoricInstance['state'] = 'COMPLETED'): void {
  world.instances = world.instances.map((one) =>
    one.id === id ? { ...one, state, endTime: tick(), durationInMillis: 1 } : one,
  );
}

/** An element that the token of an instance has passed. */
export function addActivity(
  world: EngineWorld,
  instance: HistoricInstance,
  activityId: string,
  activityType: string,
  given: Partial<HistoricActivity> = {},
): HistoricActivity {
  const startTime = tick();
  const activity: HistoricActivity = {
    id: newId(activityId),
    activityId,
    activityName: null,
    activityType,
    processDefinitionId: instance.processDefinitionId,
    processDefinitionKey: instance.processDefinitionKey,
    processInstanceId: instance.id,
    parentActivityInstanceId: instance.id,
    calledProcessInstanceId: null,
    startTime,
    endTime: startTime,
    durationInMillis: 0,
    canceled: false,
    ...given,
  };
  world.activities.push(activity);
  return activity;
}

export function addIncident(world: EngineWorld, instance: HistoricInstance, given: Partial<Incident> = {}): Incident {
  const id = given.id ?? newId('incident');
  const incident: Incident = {
    id,
    incidentType: 'failedExternalTask',
    incidentMessage: 'no route to host',
    incidentTimestamp: tick(),
    processInstanceId: instance.id,
    processDefinitionId: instance.processDefinitionId,
    executionId: newId('execution'),
    activityId: 'ask_ai',
    configuration: newId('task'),
    rootCauseIncidentId: id,
    ...given,
  };
  world.incidents.push(incident);
  return incident;
}
