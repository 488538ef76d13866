import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from '@procos/config';
import { silentLogger } from '@procos/logging';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import { eventually } from '@procos/testing';
import { createApp } from './app.ts';
import { genericWorkerFields } from './config.ts';
import { localServer } from './testing/local-server.ts';

const pollMs = 200;

/** An engine that has one task to give, and notes what becomes of it. */
function engineWith(topicName: string, variables: object) {
  const task = {
    id: 'task-1',
    topicName,
    workerId: '',
    activityId: 'ask',
    activityInstanceId: 'ask:1',
    executionId: 'execution-1',
    processInstanceId: 'instance-1',
    processDefinitionId: 'a:1',
    processDefinitionKey: 'a',
    businessKey: null,
    lockExpirationTime: '2026-01-01T00:00:00.000+0000',
    createTime: null,
    retries: null,
    errorMessage: null,
    priority: 0,
    variables,
  };
  const waiting = [task];
  return localServer((request, response) => {
    const answer = (body: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url?.endsWith('/fetchAndLock') === true && waiting.length > 0) answer(waiting.splice(0));
    else setTimeout(() => answer([]), pollMs);
  });
}

it.each(['127.0.0.1', 'localhost', '[::1]'])(
  'the app refuses to ask %s unless it is told otherwise',
  async (host) => {
    await using inside = await localServer((_, response) => response.end('secret of this machine'));
    await using engine = await engineWith('http_request', {
      url: { type: 'String', value: `http://${host}:${inside.port}/` },
    });
    const journal = await mkdtemp(join(tmpdir(), 'procos-app-'));
    const env = {
      CAMUNDA_URL: `http://127.0.0.1:${engine.port}/engine-rest`,
      PROCOS_GENERIC_WORKER_PORT: '0',
      WORKER_JOURNAL_DIR: journal,
    };
    const app = createApp(readConfig(genericWorkerFields, env), {
      logger: silentLogger,
      directory: createInMemoryServiceDirectory([]),
    });

    await app.start();
    const report = await eventually('the outcome', async () => engine.seen.find(({ url }) => url.includes('/task-1/')));
    await app.stop();
    await rm(journal, { recursive: true, force: true });

    expect(report.url).toMatch(/\/task-1\/bpmnError$/);
    expect(JSON.parse(report.body)).toMatchObject({ errorCode: 'HTTP_REFUSED' });
    expect(inside.seen).toEqual([]);
  },
  30_000,
);
