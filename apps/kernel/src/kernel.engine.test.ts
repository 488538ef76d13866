import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@procos/config';
import type { ProcosEvent } from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { silentLogger } from '@procos/logging';
import '@procos/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createApp } from './app.ts';
import { kernelFields } from './config.ts';
import { deployRootProcesses } from './root-processes.ts';

const connection = inject('engine');
const engine = createEngineClient(connection);
const events: ProcosEvent[] = [];
let folder: string;

/** A model of this test alone: other tests share the engine. */
const model = (key: string, name: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="https://procos.dev/test">
  <bpmn:process id="${key}" name="${name}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <bpmn:startEvent id="begin"><bpmn:outgoing>on</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="on" sourceRef="begin" targetRef="wait" />
    <bpmn:userTask id="wait"><bpmn:incoming>on</bpmn:incoming></bpmn:userTask>
  </bpmn:process>
</bpmn:definitions>`;

const versions = (key: string) => engine.repository.versions(key);

function kernel() {
  const settings = {
    PROCOS_KERNEL_PORT: '0',
    PROCESS_DEPLOYMENT_PATH: folder,
    PROCOS_ENGINE_DATA_DIR: join(folder, 'data'),
    KERNEL_READINESS_FILE: join(folder, 'ready'),
    KERNEL_METRICS_SNAPSHOT_FILE: join(folder, 'metrics.json'),
    HEALTH_CHECK_INTERVAL: '1',
    PROCOS_SHUTDOWN_TIMEOUT: '1',
    CAMUNDA_BASE_URL: connection.baseUrl.replace(/\/engine-rest$/, ''),
    PROCOS_ENGINE_USER: connection.user,
    PROCOS_ENGINE_PASSWORD: connection.password,
  };
  const eventBus = {
    publish: async (event: ProcosEvent) => void events.push(event),
    subscribe: async () => async () => undefined,
    consume: async () => async () => undefined,
    deadLetters: { list: async () => [], replay: async () => 0, discard: async () => 0 },
    awayBecause: () => undefined,
    broker: () => undefined,
    close: async () => undefined,
  };
  return createApp(readConfig(kernelFields, settings), { logger: silentLogger, eventBus, env: {} });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'procos-kernel-'));
  writeFileSync(join(folder, 'orchestrator.bpmn'), model('procos_system_orchestrator', 'Stand-in'));
  writeFileSync(join(folder, 'kernel_sample.bpmn'), model('kernel_sample', 'Sample'));
});
afterAll(async () => {
  const own = (await engine.repository.deployments()).filter(({ name }) =>
    ['ProcOS-orchestrator', 'ProcOS-kernel_sample'].includes(name),
  );
  for (const { id } of own) await engine.repository.deleteDeployment(id);
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the kernel on a running engine', () => {
  it('uses it instead of starting one, deploys and starts without tenants (T10), is ready only after the deployment (T14), and counts', async () => {
    const app = kernel();

    await app.start();
    const ready = await fetch(`${app.url()}/readyz`);

    expect(app.enginePid()).toBeUndefined();
    expect(events.map(({ type, data }) => data['phase'] ?? type)).toEqual([
      'kernel.kernel_starting',
      'kernel.kernel_bootstrap_start',
      'Environment Validation',
      'Start Engine',
      'Wait for Ready',
      'Deploy Processes',
      'Start Orchestrator',
      'Monitor System',
    ]);
    expect(await ready.json()).toMatchObject({
      status: 'ok',
      counters: { deployments_attempted: 2, deployments_succeeded: 2, engine_restarts: 0 },
    });
    expect(existsSync(join(folder, 'ready'))).toBe(true);
    expect(await (await fetch(`${app.url()}/metrics`)).text()).toContain(
      'procos_kernel_count{counter="deployments_succeeded"} 2',
    );
    await expect.poll(() => existsSync(join(folder, 'metrics.json')), { timeout: 10_000 }).toBe(true);
    await app.stop('SIGTERM');
    expect(events.find(({ type }) => type === 'kernel.kernel_signal')?.data).toMatchObject({ signal: 'SIGTERM' });
    expect(existsSync(join(folder, 'ready'))).toBe(false);
    expect(await engine.isReady()).toBe(true);
  }, 60_000);

  it('goes on with the orchestrator that survived, and makes no new version of an unchanged model', async () => {
    const before = await engine.runtime.instances({
      processDefinitionKey: 'procos_system_orchestrator',
      businessKey: 'procos-system',
    });
    const app = kernel();

    await app.start();

    const after = await engine.runtime.instances({
      processDefinitionKey: 'procos_system_orchestrator',
      businessKey: 'procos-system',
    });
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(events.findLast(({ data }) => data['phase'] === 'Start Orchestrator')?.data).toMatchObject({
      adopted: true,
    });
    expect(await versions('kernel_sample')).toHaveLength(1);
    await app.stop();
  }, 60_000);

  it('starts the orchestrator again when somebody has ended it, and publishes that', async () => {
    const running = () =>
      engine.runtime.instances({ processDefinitionKey: 'procos_system_orchestrator', businessKey: 'procos-system' });
    const app = kernel();
    await app.start();
    const [lost] = await running();

    await engine.runtime.terminateInstance(lost?.id ?? '');

    await expect.poll(async () => (await running()).length, { timeout: 15_000 }).toBe(1);
    const published = events.filter(({ type }) => type.startsWith('kernel.kernel_orchestrator_'));
    expect(published.map(({ type }) => type)).toEqual([
      'kernel.kernel_orchestrator_lost',
      'kernel.kernel_orchestrator_restarted',
    ]);
    await app.stop();
  }, 60_000);

  it('leaves the newer version of a user in place until the file itself changes', async () => {
    const resources = { 'kernel_sample.bpmn': model('kernel_sample', 'Changed by a user') };
    await engine.repository.deploy({ name: 'ProcOS-kernel_sample', source: 'ProcOS Gateway', resources });
    const attempts: boolean[] = [];
    const deploy = () => deployRootProcesses(engine, folder, (succeeded) => attempts.push(succeeded));

    expect(await deploy()).toEqual([]);
    expect((await versions('kernel_sample'))[0]).toMatchObject({ version: 2, name: 'Changed by a user' });

    writeFileSync(
      join(folder, 'kernel_sample.bpmn'),
      readFileSync(join(folder, 'kernel_sample.bpmn'), 'utf8').replace('Sample', 'Changed in the folder'),
    );
    expect(await deploy()).toEqual(['kernel_sample.bpmn']);
    expect((await versions('kernel_sample'))[0]).toMatchObject({ version: 3, name: 'Changed in the folder' });
    expect(attempts).toEqual([true]);
  });

  it('names file and reason of a root process that the engine refuses', async () => {
    writeFileSync(
      join(folder, 'kernel_sample.bpmn'),
      model('kernel_sample', 'x').replace(' camunda:historyTimeToLive="P1D"', ''),
    );

    const deploy = deployRootProcesses(engine, folder, () => undefined);

    await expect(deploy).rejects.toMatchObject({
      code: 'PROCOS_KERNEL_DEPLOYMENT',
      message: expect.stringMatching(/kernel_sample\.bpmn was refused: [\s\S]*(history|TTL|time)/i) as string,
    });
  });
});
