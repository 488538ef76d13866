import { createEngineClient, EngineUnreachableError, type LockedTask } from '@procos/engine-client';
import { silentLogger } from '@procos/logging';
import { createMetrics } from '@procos/telemetry';
import { eventually } from '@procos/testing';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { HandlerResult } from './core/messages.ts';
import { createTopicWorker, type TaskWorker, type TopicWorkerOptions } from './task-worker.ts';
import { brokenModel, brokenSequels, calledModel } from './testing/kept-result-models.ts';

/** More of the same: `PROCOS_KEPT_RESULTS=100 npx vitest run -c vitest.engine.config.ts libs/task-worker/src/kept-result`. */
const rounds = Math.ceil(Number(process.env['PROCOS_KEPT_RESULTS'] ?? brokenSequels.length) / brokenSequels.length);

const connection = inject('engine');
const engine = createEngineClient(connection);
const workers: TaskWorker[] = [];
const runs = new Map<string, number>();
const paid: HandlerResult = {
  kind: 'complete',
  variables: { receipt: 'r-1', long: 'ü'.repeat(6_000), nothing: null },
  localVariables: { tries: 1 },
};
const deployments: string[] = [];

/** Serves the topics of all models; each start of a handler is counted by its instance. */
function work(options: Partial<TopicWorkerOptions> = {}): TaskWorker {
  const topics = brokenSequels.map(({ result = paid }, index) => ({
    topic: `kept_${index}`,
    attempt: async ({ processInstanceId }: LockedTask) => {
      runs.set(processInstanceId, (runs.get(processInstanceId) ?? 0) + 1);
      return result;
    },
  }));
  const retryPolicy = { retries: 3, backoffMs: 50, maxBackoffMs: 50, timeoutMs: 0 };
  const worker = createTopicWorker(
    {
      client: engine,
      workerType: 'test-worker',
      logger: silentLogger,
      metrics: createMetrics(),
      retryPolicy,
      longPollMs: 1_000,
      ...options,
    },
    topics,
  );
  worker.start();
  workers.push(worker);
  return worker;
}

async function rest<Answer>(method: string, path: string, json?: object): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    authorization: `Basic ${Buffer.from(`${connection.user}:${connection.password}`).toString('base64')}`,
  };
  const answer = await fetch(`${connection.baseUrl}${path}`, {
    method,
    headers,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (answer.status === 204 ? undefined : await answer.json()) as Answer;
}
async function deploy(resources: Readonly<Record<string, string>>): Promise<void> {
  deployments.push((await engine.repository.deploy({ name: 'kept results', source: 'test', resources })).id);
}
const instance = (key: string) =>
  rest<{ id: string }>('POST', `/process-definition/key/${key}/start`, {
    variables: {
      callee: { type: 'String', value: 'nobody_has_deployed_this' },
      mode: { type: 'String', value: 'unknown' },
    },
  }).then(({ id }) => id);
const incident = (id: string) =>
  eventually(`incident of ${id}`, async () => (await engine.runtime.incidents({ processInstanceId: id }))[0], 20_000);
const ended = (id: string) =>
  eventually(
    `end of ${id}`,
    async () => ((await engine.history.instance(id))?.endTime === null ? undefined : true),
    20_000,
  );
const setVariables = engine.runtime.setVariables;
const keptRows = (id: string, where: '' | '/history') =>
  rest<readonly unknown[]>(
    'GET',
    `${where}/variable-instance?variableName=procos_kept_result&deserializeValues=false&${where === '' ? 'processInstanceIdIn' : 'processInstanceId'}=${id}`,
  );

beforeAll(() =>
  deploy({
    ...Object.fromEntries(brokenSequels.map((sequel, index) => [`kept_${index}.bpmn`, brokenModel(sequel, index)])),
    'called.bpmn': calledModel,
  }),
);
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});
afterAll(async () => {
  for (const id of deployments) await engine.repository.deleteDeployment(id);
});

describe(`what a handler has done, when the engine cannot carry out what follows (${rounds} of each)`, () => {
  it.each(brokenSequels.map((sequel, index) => ({ ...sequel, key: `kept_${index}` })))(
    'is done once: $name',
    async ({ key, reason, mendedBy, result = paid }) => {
      const first = work();
      const ids = await Promise.all(Array.from({ length: rounds }, () => instance(key)));
      const incidents = await Promise.all(ids.map(incident));
      await first.stop();

      for (const { incidentMessage } of incidents) {
        expect(incidentMessage).toMatch(
          /^The engine refused the result: .*The result is kept: a retry sends it again without doing the work again$/s,
        );
        expect(incidentMessage).toMatch(reason);
      }
      work();
      for (const id of ids) {
        if (mendedBy !== undefined) await setVariables(id, mendedBy);
        const [task] = await engine.externalTasks.list({ processInstanceId: id });
        await engine.externalTasks.setRetries(task?.id ?? '', 1);
      }
      if (mendedBy === undefined) {
        await Promise.all(
          ids.map((id) =>
            eventually(
              'refused again',
              async () =>
                (await engine.externalTasks.list({ processInstanceId: id }))[0]?.retries === 0 ? true : undefined,
              20_000,
            ),
          ),
        );
        for (const id of ids) await engine.runtime.terminateInstance(id);
      } else {
        await Promise.all(ids.map(ended));
      }

      expect(ids.map((id) => runs.get(id))).toEqual(ids.map(() => 1));
      if (mendedBy === undefined || result.kind !== 'complete') return;
      const variables = await engine.history.variables(ids[0] ?? '');
      expect(variables).toMatchObject({ receipt: 'r-1', long: 'ü'.repeat(6_000), nothing: null });
      expect(variables).not.toHaveProperty('procos_kept_result');
      expect(variables).not.toHaveProperty('tries');
      await eventually('nothing left of it', async () =>
        (await Promise.all(ids.map((id) => keptRows(id, '/history')))).flat().length === 0 ? true : undefined,
      );
    },
  );

  it('is not taken from a variable of the process with the name of a kept one', async () => {
    const id = await instance('kept_0');
    await setVariables(id, { procos_kept_result: JSON.stringify({ task: 'x' }), approvedd: true });
    const [task] = await engine.externalTasks.list({ processInstanceId: id });
    await rest('PUT', `/process-instance/${id}/variables/procos_kept_result`, {
      type: 'Object',
      value: JSON.stringify({ task: task?.id, topic: 'kept_0', result: { kind: 'complete', variables: {} } }),
      valueInfo: { objectTypeName: 'java.util.LinkedHashMap', serializationDataFormat: 'application/json' },
    });
    await engine.externalTasks.setRetries(task?.id ?? '', 2);
    work();
    await ended(id);

    expect(runs.get(id)).toBe(1);
    expect(await engine.history.variables(id)).toMatchObject({ receipt: 'r-1' });
  });

  it('is reported after the instance was migrated to the corrected model', async () => {
    const first = work();
    const id = await instance('kept_0');
    await incident(id);
    await first.stop();
    const broken = brokenSequels[0];
    if (broken === undefined) throw new Error('no model');
    await deploy({
      'kept_0.bpmn': brokenModel({ ...broken, sequel: broken.sequel.replace('${approvedd}', '${true}') }, 0),
    });
    const [newest, old] = await rest<readonly { id: string }[]>(
      'GET',
      '/process-definition?key=kept_0&sortBy=version&sortOrder=desc',
    );
    const plan = await rest<object>('POST', '/migration/generate', {
      sourceProcessDefinitionId: old?.id,
      targetProcessDefinitionId: newest?.id,
    });
    await rest('POST', '/migration/execute', { migrationPlan: plan, processInstanceIds: [id] });
    const [task] = await engine.externalTasks.list({ processInstanceId: id });
    await engine.externalTasks.setRetries(task?.id ?? '', 1);
    work();
    await ended(id);

    expect(runs.get(id)).toBe(1);
    expect(await engine.history.path(id)).toContainEqual(expect.objectContaining({ activityId: 'end' }));
  });

  it('is reported by the next worker when the first one died right after it was kept', async () => {
    const died = Promise.withResolvers<void>();
    // The engine has the failure, its worker never hears of it, and is gone.
    const fail = async (...args: Parameters<typeof engine.externalTasks.fail>) => {
      await engine.externalTasks.fail(...args);
      died.resolve();
      throw new EngineUnreachableError({ method: 'POST', path: '/external-task' }, 'test', new Error('killed'));
    };
    const dying = work({ client: { ...engine, externalTasks: { ...engine.externalTasks, fail } } });
    const id = await instance('kept_1');
    await died.promise;
    void dying.stop(0);
    await incident(id);
    await setVariables(id, { mode: 'slow' });
    const [task] = await engine.externalTasks.list({ processInstanceId: id });
    await engine.externalTasks.setRetries(task?.id ?? '', 1);
    work();
    await ended(id);

    expect(runs.get(id)).toBe(1);
  });
});
