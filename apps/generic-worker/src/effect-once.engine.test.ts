import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig } from '@procos/config';
import { createEngineClient } from '@procos/engine-client';
import { silentLogger } from '@procos/logging';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import { createTaskWorker } from '@procos/task-worker';
import { createMetrics } from '@procos/telemetry';
import { caseFile, createProcessDriver, eventually } from '@procos/testing';
import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { genericWorkerFields } from './config.ts';
import { fileVariablesOf } from './files/file-variable.ts';
import { genericTasks } from './tasks/index.ts';
import { localServer, type LocalServer } from './testing/local-server.ts';
import { createSandbox } from './transform/sandbox.ts';

/** No other worker of this run asks for it. */
const topic = 'pay_once';
const client = createEngineClient(inject('engine'));
const driver = createProcessDriver(client);
const dispatcher = new Agent();
const sandbox = createSandbox({ timeMs: 5_000, memoryMb: 128, maxCharacters: 1_000_000 });
let folder: string;
let server: LocalServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'procos-once-'));
  server = await localServer((_request, response) =>
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"receipt":"r-1"}'),
  );
  const model = caseFile('bpmn', 'post_then_bad.bpmn')
    .toString()
    .replace('127.0.0.1:9777', `127.0.0.1:${server.port}`)
    .replace('"http_request"', `"${topic}"`);
  const path = join(folder, 'post_then_bad.bpmn');
  await writeFile(path, model);
  await driver.deploy(pathToFileURL(path));
});
afterAll(async () => {
  sandbox.close();
  await driver.cleanUp();
  await Promise.all([
    client.close(),
    dispatcher.destroy(),
    server[Symbol.asyncDispose](),
    rm(folder, { recursive: true, force: true }),
  ]);
});

function worker() {
  const config = readConfig(genericWorkerFields, { PROCOS_FILE_ROOT: folder });
  const tasks = genericTasks({
    config,
    directory: createInMemoryServiceDirectory([]),
    publicDispatcher: dispatcher,
    networkDispatcher: dispatcher,
    sandbox,
    openFileVariable: fileVariablesOf(client),
  })
    .filter(({ contract }) => contract.topic === 'http_request')
    .map((task) => ({ ...task, contract: { ...task.contract, topic } }));
  return createTaskWorker({
    client,
    workerType: 'generic-worker',
    tasks,
    logger: silentLogger,
    metrics: createMetrics(),
    longPollMs: 1_000,
    retryPolicy: { backoffMs: 50 },
  });
}

describe('a POST before a gateway whose condition has a slip', () => {
  it('is sent once; its incident says what is wrong and that nothing is done again; a retry after the variable was set goes on', async () => {
    const [first, second] = [worker(), worker()];
    first.start();
    const id = await driver.start('post_then_bad');
    const incident = await eventually('the incident', async () => (await driver.incidents(id))[0], 20_000);
    await first.stop();
    expect(server.seen.map(({ method }) => method)).toEqual(['POST']);
    expect(incident.incidentMessage).toMatch(
      /^The engine refused the result: at f_yes: .*approvedd.*The result is kept: a retry sends it again without doing the work again$/s,
    );

    await client.externalTasks.setRetries(incident.configuration ?? '', 3);
    second.start();
    await eventually(
      'the second incident',
      async () => ((await client.externalTasks.get(incident.configuration ?? '')).retries === 0 ? true : undefined),
      20_000,
    );
    expect(server.seen).toHaveLength(1);

    await client.runtime.setVariables(id, { approvedd: true });
    await client.externalTasks.setRetries(incident.configuration ?? '', 3);
    const end = await driver.ended(id);
    await second.stop();

    expect(server.seen).toHaveLength(1);
    expect(end).toMatchObject({ endEvent: 'yes', variables: { status_code: 201, json: { receipt: 'r-1' } } });
  });
});
