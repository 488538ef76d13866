import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@procos/config';
import type { ProcosEvent } from '@procos/contracts';
import type { EventBus } from '@procos/event-bus';
import { silentLogger } from '@procos/logging';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { kernelFields } from './config.ts';

let folder: string;
let server: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procos-kernel-'));
});
afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function kernel(env: Record<string, string> = {}, broker?: { readonly away: string }) {
  const events: ProcosEvent[] = [];
  const phases: string[] = [];
  const enginePids: (number | undefined)[] = [];
  const eventBus: EventBus = {
    publish: async (event) => void events.push(event),
    subscribe: async () => async () => undefined,
    consume: async () => async () => undefined,
    deadLetters: { list: async () => [], replay: async () => 0, discard: async () => 0 },
    awayBecause: () => broker?.away,
    broker: () => broker && { url: 'amqp://broker:5672', version: undefined },
    close: async () => undefined,
  };
  const settings = {
    PROCOS_KERNEL_PORT: '0',
    PROCESS_DEPLOYMENT_PATH: folder,
    PROCOS_ENGINE_DATA_DIR: join(folder, 'engine'),
    PROCOS_ENGINE_LOG_FILE: join(folder, 'engine.log'),
    KERNEL_READINESS_FILE: join(folder, 'ready'),
    CAMUNDA_BASE_URL: 'http://127.0.0.1:9',
    ...env,
  };
  const app = createApp(readConfig(kernelFields, settings), {
    logger: silentLogger,
    eventBus,
    env: {},
    onPhase: (name, result) => result === undefined && phases.push(name),
    onEnginePid: (pid) => void enginePids.push(pid),
  });
  return { app, events, phases, enginePids };
}

async function answering(status: number, body: unknown): Promise<string> {
  const made = createServer((_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
  );
  server = made;
  await new Promise<void>((done) => made.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

describe('a boot', () => {
  it('reports all faults of the environment together, before anything is started', async () => {
    const { app, events, phases } = kernel({
      PROCESS_DEPLOYMENT_PATH: join(folder, 'nowhere'),
      PROCOS_ENGINE_HOME: join(folder, 'no-engine'),
    });

    const start = app.start();

    await expect(start).rejects.toMatchObject({ code: 'PROCOS_KERNEL_ENVIRONMENT' });
    await expect(start).rejects.toThrow(/no-engine[\s\S]*nowhere/);
    expect(phases).toEqual(['Environment Validation']);
    expect(events.map(({ type }) => type)).toEqual([
      'kernel.kernel_starting',
      'kernel.kernel_bootstrap_start',
      'kernel.kernel_bootstrap_failed',
    ]);
    await app.stop();
  });

  it.each([
    ['refuses its credentials', 401, {}, 'PROCOS_KERNEL_ENGINE_CREDENTIALS'],
    ['is no engine', 200, { hello: 'world' }, 'PROCOS_KERNEL_ENGINE_FOREIGN'],
    ['is another engine', 200, [{ name: 'other' }], 'PROCOS_KERNEL_ENGINE_FOREIGN'],
  ])('is given up when what answers on the engine port %s', async (_, status, body, code) => {
    writeFileSync(join(folder, 'a.bpmn'), '<x/>');
    const { app } = kernel({ CAMUNDA_BASE_URL: await answering(status, body) });

    await expect(app.start()).rejects.toMatchObject({ code });
    await app.stop();
  });

  it('makes the four checks of a start by their names, and passes them on', async () => {
    writeFileSync(join(folder, 'a.bpmn'), '<x/>');
    const engine = { java: process.execPath, args: [], product: 'operaton', version: '1.0.3' };
    writeFileSync(join(folder, 'engine.json'), JSON.stringify(engine));
    const { app, events } = kernel({ PROCOS_ENGINE_HOME: folder, CAMUNDA_READY_MAX_ATTEMPTS: '1' });

    await expect(app.start()).rejects.toMatchObject({ code: expect.stringMatching(/^PROCOS_KERNEL_ENGINE/) as string });
    await app.stop();

    const published = events.find(({ data }) => data['phase'] === 'Environment Validation')?.data['checks'];
    expect(published).toEqual([
      { name: 'Java Runtime', detail: expect.any(String) as string },
      { name: 'Camunda Engine', detail: `operaton 1.0.3 in ${folder}` },
      { name: 'Message Broker', detail: 'none needed: events stay in this process' },
      { name: 'Process Definitions', detail: `1 in ${folder}` },
    ]);
  });

  it('does not wait for a broker that is away: it is told, and the boot goes on', async () => {
    writeFileSync(join(folder, 'a.bpmn'), '<x/>');
    const { app, events, phases } = kernel({ CAMUNDA_READY_MAX_ATTEMPTS: '1' }, { away: 'ECONNREFUSED' });

    await expect(app.start()).rejects.toMatchObject({ code: 'PROCOS_KERNEL_ENGINE_UNREACHABLE' });
    await app.stop();

    expect(phases).toContain('Wait for Ready');
    expect(events.find(({ data }) => data['phase'] === 'Environment Validation')?.data['checks']).toContainEqual({
      name: 'Message Broker',
      detail: 'RabbitMQ at amqp://broker:5672 is away (ECONNREFUSED); events wait for it',
    });
  });

  it('is given up when the engine is not there in time', async () => {
    writeFileSync(join(folder, 'a.bpmn'), '<x/>');
    const { app } = kernel({ CAMUNDA_READY_MAX_ATTEMPTS: '3' });

    await expect(app.start()).rejects.toMatchObject({ code: 'PROCOS_KERNEL_ENGINE_UNREACHABLE' });
    await app.stop();
  });

  it('reports the last words of an engine that ends while it starts', async () => {
    writeFileSync(join(folder, 'a.bpmn'), '<x/>');
    writeFileSync(
      join(folder, 'engine.json'),
      JSON.stringify({ java: process.execPath, args: ['-e', 'console.error("database is locked"); process.exit(7)'] }),
    );
    const { app, enginePids } = kernel({ PROCOS_ENGINE_HOME: folder });

    await expect(app.start()).rejects.toThrow(/exit code 7[\s\S]*database is locked/);
    expect(enginePids).toEqual([app.enginePid()]);
    await app.stop();
  });
});
