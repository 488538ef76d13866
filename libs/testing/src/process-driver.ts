import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineClient, HistoricInstance, Incident, Job, UserTask, Variables } from '@procos/engine-client';
import { takeTask, type TakenTask } from './process-driver-tasks.ts';
import { eventually } from './eventually.ts';

/** Plays the workers, the people and the clock of a process, so that a test walks exactly one path of it. */
export interface ProcessDriver {
  /** Deploys models in a deployment of this driver's own. */
  deploy(...models: readonly URL[]): Promise<void>;
  /** Starts the version this driver deployed. @returns the instance's id */
  start(key: string, variables?: Variables, businessKey?: string): Promise<string>;
  /** Sends a message that starts an instance. @returns the instance's id */
  startByMessage(messageName: string, variables?: Variables): Promise<string>;
  /** Sends a message to one waiting instance. */
  send(messageName: string, processInstanceId: string): Promise<void>;
  /** Waits for an external task of the instance and takes it, as a worker would. */
  takeTask(topic: string, processInstanceId: string): Promise<TakenTask>;
  /** Waits for the user task of the instance. */
  userTask(processInstanceId: string): Promise<UserTask>;
  /** Ends the user task of the instance as a person would. */
  answer(processInstanceId: string, variables: Variables): Promise<void>;
  /** Lets the timer of an element fire now. */
  fireTimer(processInstanceId: string, activityId: string): Promise<void>;
  /** Fires the timer start event of a process. @returns the id of the instance it started */
  fireStartTimer(key: string): Promise<string>;
  /** Timers the instance waits for. */
  timers(processInstanceId: string): Promise<readonly Job[]>;
  /** Lets a step that the engine does by itself fail at once instead of after its retry times. */
  exhaustRetries(processInstanceId: string): Promise<void>;
  /** Waits until a call activity has called. @returns ids of all instances it called, oldest first */
  calledInstances(processInstanceId: string, activityId: string): Promise<readonly string[]>;
  /** Waits until the instance has ended and tells how. */
  ended(processInstanceId: string): Promise<EndedInstance>;
  state(processInstanceId: string): Promise<HistoricInstance['state']>;
  /** Ids of the elements the token passed, oldest first. */
  path(processInstanceId: string): Promise<readonly string[]>;
  variables(processInstanceId: string): Promise<Record<string, unknown>>;
  incidents(processInstanceId: string): Promise<readonly Incident[]>;
  /** Ends the instance from outside; one that has ended already stays as it is. */
  terminate(processInstanceId: string): Promise<void>;
  /** Removes everything this driver deployed, with its instances and their history. */
  cleanUp(): Promise<void>;
}

export interface EndedInstance {
  readonly state: HistoricInstance['state'];
  readonly path: readonly string[];
  /** The last end event that was reached. */
  readonly endEvent: string | undefined;
  /** True when that was an error end event: a modelled failure. */
  readonly failed: boolean;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** @param client connection to the engine of the test run; the driver does not close it */
export function createProcessDriver(client: EngineClient): ProcessDriver {
  const { repository, runtime, history, userTasks } = client;
  const workerId = `process-driver/${randomUUID()}`;
  const deployments: string[] = [];
  const definitions = new Map<string, string>();

  const definitionOf = (key: string): string => {
    const id = definitions.get(key);
    if (id === undefined) throw new Error(`This driver has not deployed ${key}`);
    return id;
  };
  const userTask = (processInstanceId: string): Promise<UserTask> =>
    eventually(`user task in instance ${processInstanceId}`, async () => (await userTasks.list({ processInstanceId }))[0]);
  const ended = (id: string): Promise<EndedInstance> =>
    eventually(`end of instance ${id}`, async () => {
      const instance = await history.instance(id);
      return instance === undefined || instance.endTime === null ? undefined : describeEnd(client, instance);
    });

  return {
    deploy: async (...models) => {
      const files = await Promise.all(models.map(async (url) => [basename(fileURLToPath(url)), await readFile(url, 'utf8')] as const));
      const deployment = await repository.deploy({ name: `test-${randomUUID()}`, source: 'process driver', resources: Object.fromEntries(files) });
      deployments.push(deployment.id);
      for (const { id, key } of Object.values(deployment.deployedProcessDefinitions ?? {})) definitions.set(key, id);
    },
    start: async (key, variables = {}, businessKey) => {
      return (await runtime.startById(definitionOf(key), { variables, ...(businessKey === undefined ? {} : { businessKey }) })).id;
    },
    startByMessage: async (messageName, variables = {}) => {
      const { processInstance } = await runtime.correlate({ messageName, variables });
      if (processInstance === null) throw new Error(`Message ${messageName} went to a waiting instance and started none`);
      return processInstance.id;
    },
    send: async (messageName, processInstanceId) => {
      await runtime.correlate({ messageName, processInstanceId });
    },
    takeTask: (topic, processInstanceId) => takeTask(client, workerId, topic, processInstanceId),
    userTask,
    answer: async (id, variables) => userTasks.complete((await userTask(id)).id, variables),
    fireTimer: async (processInstanceId, activityId) => {
      const query = { processInstanceId, activityId, timers: true } as const;
      const timer = await eventually(`timer ${activityId} in instance ${processInstanceId}`, async () => (await runtime.jobs(query))[0]);
      await runtime.executeJob(timer.id);
    },
    fireStartTimer: async (key) => {
      const processDefinitionId = definitionOf(key);
      const [timer] = await runtime.jobs({ processDefinitionId, timers: true });
      if (timer === undefined) throw new Error(`${key} has no timer start event`);
      const known = new Set((await history.instances({ processDefinitionId })).map(({ id }) => id));
      await runtime.executeJob(timer.id);
      return eventually(`instance of ${key} started by its timer`, async () =>
        (await history.instances({ processDefinitionId })).map(({ id }) => id).find((id) => !known.has(id)),
      );
    },
    timers: (processInstanceId) => runtime.jobs({ processInstanceId, timers: true }),
    exhaustRetries: async (processInstanceId) => {
      const job = await eventually(`failing job in instance ${processInstanceId}`, async () => {
        const jobs = await runtime.jobs({ processInstanceId });
        return jobs.find(({ exceptionMessage }) => exceptionMessage !== null);
      });
      await runtime.setJobRetries(job.id, 0);
    },
    calledInstances: (processInstanceId, activityId) =>
      eventually(`call of ${activityId} in instance ${processInstanceId}`, async () => {
        const called = (await history.path(processInstanceId))
          .filter((activity) => activity.activityId === activityId)
          .flatMap(({ calledProcessInstanceId }) => calledProcessInstanceId ?? []);
        return called.length === 0 ? undefined : called;
      }),
    ended,
    state: async (id) => {
      const instance = await history.instance(id);
      if (instance === undefined) throw new Error(`The engine knows no instance ${id}`);
      return instance.state;
    },
    path: async (id) => (await history.path(id)).map(({ activityId }) => activityId),
    variables: (id) => history.variables(id),
    incidents: (id) => runtime.incidents({ processInstanceId: id }),
    terminate: async (id) => {
      if ((await history.instance(id))?.endTime === null) await runtime.terminateInstance(id);
    },
    cleanUp: async () => {
      for (const id of deployments.splice(0)) await repository.deleteDeployment(id);
    },
  };
}

async function describeEnd({ history }: EngineClient, { id, state }: HistoricInstance): Promise<EndedInstance> {
  const [activities, variables] = await Promise.all([history.path(id), history.variables(id)]);
  const endEvent = activities.findLast(({ activityType }) => activityType.endsWith('EndEvent'));
  return {
    state,
    path: activities.map(({ activityId }) => activityId),
    endEvent: endEvent?.activityId,
    failed: endEvent?.activityType === 'errorEndEvent',
    variables,
  };
}
