import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readConfig } from '@procos/config';
import type { ServiceRecord } from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import type { TaskDefinition } from '@procos/task-worker';
import { useProcessDriver } from '@procos/testing';
import { Agent } from 'undici';
import { genericWorkerFields } from './config.ts';
import { fileVariablesOf } from './files/file-variable.ts';
import { genericTasks } from './tasks/index.ts';
import { localServer, type LocalServer } from './testing/local-server.ts';
import { playTasks } from './testing/play-tasks.ts';
import { createSandbox } from './transform/sandbox.ts';

const model = (key: string) => new URL(`../../../processes/system/${key}/${key}.bpmn`, import.meta.url);
const driver = useProcessDriver(
  model('procos_file_operation'),
  model('procos_service_call'),
  model('ai_query_process'),
);

let root: string;
let server: LocalServer;
let tasks: readonly TaskDefinition[];
const dispatcher = new Agent();
const client = createEngineClient(inject('engine'));
const sandbox = createSandbox({ timeMs: 5_000, memoryMb: 128, maxCharacters: 1_000_000 });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'procos-generic-'));
  server = await localServer((request, response) => {
    const status = request.url === '/gone' ? 410 : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"items":[1,{"deep":true}]}');
  });
  const endpoint = `http://127.0.0.1:${server.port}`;
  const record: ServiceRecord = {
    service_id: 'stock-1',
    service_name: 'stock',
    version: '1',
    endpoint,
    health_check_url: `${endpoint}/livez`,
    tags: [],
    metadata: {},
    last_heartbeat: '2026-01-01T00:00:00Z',
  };
  const config = readConfig(genericWorkerFields, { PROCOS_FILE_ROOT: root });
  tasks = genericTasks({
    config,
    directory: createInMemoryServiceDirectory([record]),
    publicDispatcher: dispatcher,
    networkDispatcher: dispatcher,
    sandbox,
    openFileVariable: fileVariablesOf(client),
  });
});
afterAll(async () => {
  sandbox.close();
  await Promise.all([
    client.close(),
    dispatcher.destroy(),
    server[Symbol.asyncDispose](),
    rm(root, { recursive: true, force: true }),
  ]);
});

const { work, runToEnd } = playTasks(driver, () => tasks);

describe('a file operation on the real engine', () => {
  const all = ['input_validation', 'file_operation', 'response_formatting'];

  it('writes long text and reads it again, in one piece', async () => {
    const content = 'ä line of text\n'.repeat(1_000);

    await runToEnd('procos_file_operation', { operation: 'write', file_path: 'long/text.txt', content }, all);
    const end = await runToEnd('procos_file_operation', { operation: 'read', file_path: 'long/text.txt' }, all);

    expect(await readFile(join(root, 'long/text.txt'), 'utf8')).toBe(content);
    expect(end).toMatchObject({ endEvent: 'file_operation_done', failed: false });
    expect(end.variables['formatted_response']).toMatchObject({
      response: { operation: 'read', file_path: 'long/text.txt', exists: true, type: 'file', content },
      metadata: { process_key: 'a_process' },
    });
  });

  it('lists a folder as a list of objects', async () => {
    await writeFile(join(root, 'listed.txt'), 'x');

    const end = await runToEnd('procos_file_operation', { operation: 'list', file_path: '.' }, all);

    expect(end.variables['file_entries']).toContainEqual({ name: 'listed.txt', type: 'file' });
  });

  it.each([
    [{ operation: 'read', file_path: 'no/such.txt' }, 'file_not_found', all.slice(0, 2)],
    [{ operation: 'read', file_path: '../../etc/passwd' }, 'file_refused', all.slice(0, 2)],
    [{ operation: 'move', file_path: 'a.txt' }, 'file_request_refused', all.slice(0, 1)],
  ])('%j ends in %s', async (variables, endEvent, topics) => {
    expect(await runToEnd('procos_file_operation', variables, topics)).toMatchObject({ endEvent, failed: true });
  });
});

describe('a service call on the real engine', () => {
  it('gives structured answers', async () => {
    const end = await runToEnd(
      'procos_service_call',
      { service_name: 'stock', path: '/items', method: 'POST', body: { list: [1] } },
      ['service_call'],
    );

    expect(end).toMatchObject({
      endEvent: 'service_answered',
      variables: { status_code: 200, response: { items: [1, { deep: true }] } },
    });
    expect(server.seen.at(-1)).toMatchObject({ method: 'POST', url: '/items', body: '{"list":[1]}' });
  });

  it.each([
    [{ service_name: 'nobody', path: '/' }, 'service_not_found'],
    [{ service_name: 'stock', path: '/gone' }, 'service_failed'],
  ])('%j ends in %s', async (variables, endEvent) => {
    expect(await runToEnd('procos_service_call', variables, ['service_call'])).toMatchObject({
      endEvent,
      failed: true,
    });
  });
});

describe('the input of an AI query on the real engine', () => {
  it.each([
    [{ user_query: 'q'.repeat(5_000) }, 'user_query must have at most 4000 characters.'],
    [{ user_query: 'q', max_tokens: 5_000 }, 'max_tokens must be at most 4000.'],
    [{}, 'user_query is required.'],
  ])('that is wrong ends in its own end event and says why', async (variables, message) => {
    const end = await runToEnd('ai_query_process', variables, ['input_validation']);

    expect(end).toMatchObject({ endEvent: 'invalid_input', failed: true, variables: { validation_message: message } });
  });

  it('that is short of values gets the defaults', async () => {
    const instance = await driver.start('ai_query_process', { user_query: 'What is a process?' });

    await work('input_validation', instance);

    const choice = await driver.takeTask('provider_selection', instance);
    expect(choice.variables).toMatchObject({ user_query: 'What is a process?', ai_provider: 'auto', valid: true });
    await driver.terminate(instance);
  });
});
