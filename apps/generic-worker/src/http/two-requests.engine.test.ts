import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readConfig } from '@procos/config';
import type { ServiceRecord } from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import type { TaskDefinition } from '@procos/task-worker';
import { useProcessDriver } from '@procos/testing';
import { Agent } from 'undici';
import { genericWorkerFields } from '../config.ts';
import { fileVariablesOf } from '../files/file-variable.ts';
import { genericTasks } from '../tasks/index.ts';
import { localServer, type LocalServer } from '../testing/local-server.ts';
import { playTasks } from '../testing/play-tasks.ts';
import { createSandbox } from '../transform/sandbox.ts';

const driver = useProcessDriver(new URL('../testing/two_requests.bpmn', import.meta.url));
const client = createEngineClient(inject('engine'));
const dispatcher = new Agent();
const sandbox = createSandbox({ timeMs: 5_000, memoryMb: 128, maxCharacters: 1_000_000 });

let servers: readonly LocalServer[];
let tasks: readonly TaskDefinition[];
const { runToEnd } = playTasks(driver, () => tasks);

beforeAll(async () => {
  const answering = (tag: string) =>
    localServer((_, response) => response.writeHead(200, { 'x-tag': tag, 'x-csrf': 'canary-of-the-answer' }).end('ok'));
  servers = await Promise.all(['first', 'second', 'third'].map(answering));
  const endpoint = `http://127.0.0.1:${servers[2]?.port}`;
  const stock: ServiceRecord = {
    service_id: 'stock-1',
    service_name: 'stock',
    version: '1',
    endpoint,
    health_check_url: `${endpoint}/livez`,
    tags: [],
    metadata: {},
    last_heartbeat: '2026-01-01T00:00:00Z',
  };
  const config = readConfig(genericWorkerFields, {});
  const directory = createInMemoryServiceDirectory([stock]);
  tasks = genericTasks({
    config,
    directory,
    publicDispatcher: dispatcher,
    networkDispatcher: dispatcher,
    sandbox,
    openFileVariable: fileVariablesOf(client),
  });
});
afterAll(async () => {
  sandbox.close();
  await Promise.all([client.close(), dispatcher.destroy(), ...servers.map((server) => server[Symbol.asyncDispose]())]);
});

describe('requests one after the other in one instance', () => {
  const urls = () => ({
    first_url: `http://127.0.0.1:${servers[0]?.port}/`,
    second_url: `http://127.0.0.1:${servers[1]?.port}/`,
  });
  const topics = ['http_request', 'http_request', 'service_call'];

  it('send nothing that another server has answered, and the model still sees the headers of an answer', async () => {
    const end = await runToEnd('two_requests', urls(), topics);

    expect(end).toMatchObject({
      endEvent: 'all_answered',
      variables: { first_tag: 'first', first_status: 200, success: true },
    });
    const sent = servers.map(({ seen }) => seen.at(-1)?.headers);
    expect(sent.map((headers) => headers?.['user-agent'])).toEqual(['ProcOS', 'ProcOS', 'ProcOS']);
    expect(JSON.stringify(sent)).not.toMatch(/x-tag|canary-of-the-answer/);
  });

  it('each send the headers that the process was started with', async () => {
    await runToEnd('two_requests', { ...urls(), headers: { 'x-own': 'given' } }, topics);

    expect(servers.map(({ seen }) => seen.at(-1)?.headers['x-own'])).toEqual(['given', 'given', 'given']);
  });
});
