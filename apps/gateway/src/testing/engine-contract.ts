import { type EngineClient, EngineRequestError, isMessageMismatch } from '@procos/engine-client';
import { expect, it, vi } from 'vitest';
import { askingModelOf, modelOf } from './models.ts';

/** What the suite is run on: an engine, and a way to start an instance in it. */
export interface EngineOfInstances {
  readonly engine: EngineClient;
  /** A name that no other run has. */
  readonly run: string;
  /** Starts the newest version of a process. One made by `askingModelOf` waits for a person then. @returns the id of the instance */
  start(key: string, businessKey: string): Promise<string>;
}

const patience = { timeout: 20_000, interval: 50 };

/** What the gateway relies on in the engine. The real engine and the fake one of the gateway both pass. */
export function engineContract(under: EngineOfInstances): void {
  const { engine, run } = under;
  const { repository, runtime, history, userTasks } = engine;
  const key = (name: string) => `${name}_${run}`;
  const deploy = (name: string, xml: string) =>
    repository.deploy({ name: key(name), source: 'contract', resources: { [`${name}.bpmn`]: xml } });
  const refused = (status: number) => expect.objectContaining({ name: EngineRequestError.name, status }) as Error;
  const startedTwo = async (name: string) => {
    await deploy(name, askingModelOf(key(name)));
    const older = await under.start(key(name), `${key(name)}-a`);
    // Those of one millisecond come in the order of their ids.
    await vi.waitFor(async () => expect((await history.instance(older))?.startTime).not.toBe(now()), patience);
    return [older, await under.start(key(name), `${key(name)}-b`)] as const;
  };

  it('says of what is not there that it is not there, or undefined', async () => {
    await expect(repository.definition(key('nobody'))).rejects.toEqual(refused(404));
    expect(await repository.latestDefinition(key('nobody'))).toBeUndefined();
    expect(await repository.versions(key('nobody'))).toEqual([]);
    expect(await history.instance(key('nobody'))).toBeUndefined();
    expect(await history.path(key('nobody'))).toEqual([]);
    expect(await history.variables(key('nobody'))).toEqual({});
    expect(await runtime.incident(key('nobody'))).toBeUndefined();
    expect(await runtime.incidents({ processInstanceId: key('nobody') })).toEqual([]);
    expect(await userTasks.find(key('nobody'))).toBeUndefined();
    expect(await userTasks.list({ processInstanceId: key('nobody') })).toEqual([]);
    expect(await userTasks.count({ processInstanceId: key('nobody') })).toBe(0);
  });

  it('makes a new version of a process with each deployment, and keeps the older one', async () => {
    const xmls = [modelOf(key('versions'), 'one'), modelOf(key('versions'), 'two')] as const;
    const deployed = [await deploy('versions', xmls[0]), await deploy('versions', xmls[1])];

    const ids = deployed.flatMap(({ deployedProcessDefinitions }) => Object.keys(deployedProcessDefinitions ?? {}));
    expect(ids).toHaveLength(2);
    expect((await repository.versions(key('versions'))).map(({ id, version }) => [id, version])).toEqual([
      [ids[1], 2],
      [ids[0], 1],
    ]);
    expect(await repository.latestDefinition(key('versions'))).toMatchObject({
      id: ids[1],
      key: key('versions'),
      version: 2,
      versionTag: null,
      resource: 'versions.bpmn',
      deploymentId: deployed[1]?.id,
      suspended: false,
    });
    expect((await repository.latestDefinitions()).filter((one) => one.key === key('versions'))).toHaveLength(1);
    expect(await repository.definitionXml(ids[0] ?? '')).toBe(xmls[0]);
    expect((await repository.deployments())[0]).toMatchObject({ name: key('versions'), source: 'contract' });
  });

  it('refuses a message that nobody waits for as one that may be taken a moment later', async () => {
    const thrown: unknown = await runtime.correlate({ messageName: key('unknown') }).catch((fault: unknown) => fault);

    expect(isMessageMismatch(thrown)).toBe(true);
  });

  it('lists instances newest first, page by page, and those of one business key, or of its beginning', async () => {
    const [older, newer] = await startedTwo('listed');
    const ids = async (filter: object, page?: { firstResult?: number; maxResults?: number }) =>
      (await history.instances({ processDefinitionKey: key('listed'), ...filter }, page)).map(({ id }) => id);

    expect(await ids({})).toEqual([newer, older]);
    expect(await ids({}, { firstResult: 1, maxResults: 1 })).toEqual([older]);
    expect(await ids({ processInstanceBusinessKey: `${key('listed')}-a` })).toEqual([older]);
    expect(await ids({ processInstanceBusinessKeyLike: `${key('listed')}-%` })).toEqual([newer, older]);
    expect(await ids({ processInstanceBusinessKeyLike: `${key('other')}-%` })).toEqual([]);
    expect(await ids({ processInstanceIds: [newer] })).toEqual([newer]);
    expect(await ids({ finished: true })).toEqual([]);
    expect(await ids({ active: true })).toEqual([newer, older]);
    expect(await ids({ withIncidents: true })).toEqual([]);
    expect(await history.countMatching({ processDefinitionKey: key('listed') })).toBe(2);
    expect(await history.countMatching({ processDefinitionKey: key('listed'), finished: true })).toBe(0);
    expect((await runtime.instances({ processDefinitionKey: key('listed') })).map(({ id }) => id).toSorted()).toEqual(
      [older, newer].toSorted(),
    );
  });

  it('knows of an instance that was ended from outside that it was, and runs it no longer', async () => {
    const [ended, kept] = await startedTwo('ended');

    await runtime.deleteInstance(ended, 'The contract says so');

    await vi.waitFor(async () => {
      expect(await history.instance(ended)).toMatchObject({ id: ended, state: 'EXTERNALLY_TERMINATED' });
    }, patience);
    expect((await history.instance(ended))?.endTime).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+\+0000$/);
    expect(await history.instance(kept)).toMatchObject({ state: 'ACTIVE', endTime: null, durationInMillis: null });
    expect((await runtime.instances({ processDefinitionKey: key('ended') })).map(({ id }) => id)).toEqual([kept]);
    const finished = await history.instances({ processDefinitionKey: key('ended'), finished: true });
    expect(finished.map(({ id }) => id)).toEqual([ended]);
    const terminated = await history.instances({
      processDefinitionKey: key('ended'),
      orQueries: [{ externallyTerminated: true, internallyTerminated: true }],
    });
    expect(terminated.map(({ id }) => id)).toEqual([ended]);
  });

  it('gives a user task once: its answers are variables of the instance then', async () => {
    const [asked, other] = await startedTwo('asked');
    const [task] = await userTasks.list({ processInstanceId: asked });
    const { id = '' } = task ?? {};

    expect(task).toMatchObject({ processInstanceId: asked, taskDefinitionKey: 'ask_person', assignee: null });
    expect(await userTasks.find(id)).toMatchObject({ id, processInstanceId: asked });
    expect(await userTasks.variables(id)).toEqual({});

    await userTasks.complete(id, { answer: 'yes', number: 7 });

    expect(await history.variables(asked)).toEqual({ answer: 'yes', number: 7 });
    expect(await userTasks.find(id)).toBeUndefined();
    expect(await userTasks.count({ processInstanceId: asked })).toBe(0);
    expect(await userTasks.count({ processInstanceId: other })).toBe(1);
    await expect(userTasks.complete(id, {})).rejects.toBeInstanceOf(EngineRequestError);
    await expect(userTasks.variables(id)).rejects.toBeInstanceOf(EngineRequestError);
  });

  it('gives new tries to nothing but tasks and jobs', async () => {
    expect(await runtime.giveTries({ incidentType: 'foxDataMissing', configuration: 'x' }, 1)).toBe(false);
    expect(await runtime.giveTries({ incidentType: 'failedElsewhere', configuration: 'x' }, 1)).toBe(false);
    expect(await runtime.giveTries({ incidentType: 'failedExternalTask', configuration: null }, 1)).toBe(false);
  });
}

function now(): string {
  return new Date().toISOString().replace('Z', '+0000');
}
