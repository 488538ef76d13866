import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineClient, Variables } from '@procos/engine-client';
import { eventually } from './eventually.ts';

/** Brings models into the engine, starts instances of them, and takes all of it away again. */
export interface Deployer {
  /** Deploys models for this driver alone: other tests may deploy the same ones at the same time. */
  deploy(...models: readonly URL[]): Promise<void>;
  /** Starts the version this driver deployed. @returns the instance's id */
  start(key: string, variables?: Variables, businessKey?: string): Promise<string>;
  /** Sends a message that starts an instance. @returns the instance's id */
  startByMessage(messageName: string, variables?: Variables): Promise<string>;
  /** Fires the timer start event of a process. @returns the id of the instance it started */
  fireStartTimer(key: string): Promise<string>;
  /** Ends the instance from outside; one that has ended already stays as it is. */
  terminate(processInstanceId: string): Promise<void>;
  /** Removes everything this driver deployed, with its instances and their history. */
  cleanUp(): Promise<void>;
}

/** Of a client: it deploys for a tenant of its own, so that calls and messages stay between its models. */
export function deployer(client: EngineClient): Deployer {
  const { repository, runtime, history } = client;
  const tenantId = `test-${randomUUID()}`;
  const deployments: string[] = [];
  const definitions = new Map<string, string>();
  const definitionOf = (key: string): string => {
    const id = definitions.get(key);
    if (id === undefined) throw new Error(`This driver has not deployed ${key}`);
    return id;
  };
  return {
    deploy: async (...models) => {
      const deployment = await repository.deploy({
        name: tenantId,
        source: 'process driver',
        resources: await filesOf(models),
        tenantId,
      });
      deployments.push(deployment.id);
      for (const { id, key } of Object.values(deployment.deployedProcessDefinitions ?? {})) definitions.set(key, id);
    },
    start: async (key, variables = {}, businessKey) =>
      (await runtime.startById(definitionOf(key), { variables, ...(businessKey === undefined ? {} : { businessKey }) }))
        .id,
    startByMessage: async (messageName, variables = {}) => {
      const { processInstance } = await runtime.correlate({ messageName, variables, tenantId });
      if (processInstance === null)
        throw new Error(`Message ${messageName} went to a waiting instance and started none`);
      return processInstance.id;
    },
    fireStartTimer: (key) => fireStartTimer(client, key, definitionOf(key)),
    terminate: async (id) => {
      if ((await history.instance(id))?.endTime === null) await runtime.terminateInstance(id);
    },
    cleanUp: async () => {
      for (const id of deployments.splice(0)) await repository.deleteDeployment(id);
    },
  };
}

/** Name → text. */
async function filesOf(models: readonly URL[]): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(
    await Promise.all(models.map(async (url) => [basename(fileURLToPath(url)), await readFile(url, 'utf8')] as const)),
  );
}

async function fireStartTimer(
  { history, runtime }: EngineClient,
  key: string,
  processDefinitionId: string,
): Promise<string> {
  const instances = async () => (await history.instances({ processDefinitionId })).map(({ id }) => id);
  const [timer] = await runtime.jobs({ processDefinitionId, timers: true });
  if (timer === undefined) throw new Error(`${key} has no timer start event`);
  const known = new Set(await instances());
  await runtime.executeJob(timer.id);
  return eventually(`instance of ${key} started by its timer`, async () =>
    (await instances()).find((id) => !known.has(id)),
  );
}
