import { inspect } from 'node:util';
import { readConfig } from '@procos/config';
import { TerminalError } from '@procos/errors';
import { createLogger, type LogFields, type Logger, redact, silentLogger } from '@procos/logging';
import { describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { aiWorkerFields } from './config.ts';
import { aiTasks } from './tasks/index.ts';
import { ollamaErrors } from './testing/ollama-wire.ts';
import { answerStream, openaiErrors, openStream } from './testing/openai-wire.ts';
import { runTask, taskContext, thrownBy } from './testing/run-task.ts';
import { answerJson, deadUrl, startWireServer } from './testing/wire-server.ts';

const canary = 'sk-canary-of-the-app-0987';

function taskOf(topic: string, env: Record<string, string>) {
  const task = aiTasks(readConfig(aiWorkerFields, env), () => undefined).find(
    ({ contract }) => contract.topic === topic,
  );
  if (task === undefined) throw new Error(`No task ${topic}`);
  return task;
}

function rememberingLogger(lines: string[]): Logger {
  const write = (event: string, fields: LogFields = {}) =>
    void lines.push(inspect([event, redact(fields)], { depth: 10 }));
  return { ...silentLogger, error: write, warn: write, info: write, debug: write };
}

describe('the AI worker', () => {
  it('serves ai_query and provider_selection', () => {
    expect(aiTasks(readConfig(aiWorkerFields, {}), () => undefined).map(({ contract }) => contract.topic)).toEqual([
      'ai_query',
      'provider_selection',
    ]);
  });

  it('answers offline when that is allowed and nobody else is there', async () => {
    const env = { AI_OFFLINE: 'true', OLLAMA_URL: await deadUrl() };

    expect(await runTask(taskOf('provider_selection', env), { user_query: 'Why?' })).toMatchObject({
      selected_provider: 'offline',
    });
    expect(await runTask(taskOf('ai_query', env), { user_query: 'Why?' })).toMatchObject({
      provider: 'offline',
      model_used: 'none',
      ai_response: expect.stringContaining('No AI model was asked') as string,
    });
  });

  it('does not answer offline unless that is allowed', async () => {
    const env = { OLLAMA_URL: await deadUrl() };

    expect(await thrownBy(runTask(taskOf('provider_selection', env), { user_query: 'Why?' }))).toMatchObject({
      code: 'NO_PROVIDER',
    });
  });

  it('never lets its key into variables, logs or errors', async () => {
    // given
    const lines: string[] = [];
    const context = taskContext({ logger: rememberingLogger(lines) });
    let refuse = false;
    await using server = await startWireServer((_request, response) => {
      if (refuse)
        return answerJson(response, 401, openaiErrors.invalidKey(canary), { 'www-authenticate': `Bearer ${canary}` });
      openStream(response);
      response.end(answerStream(['ok']));
    });
    const task = taskOf('ai_query', {
      OPENAI_API_KEY: canary,
      OPENAI_BASE_URL: `${server.url}/v1`,
      OLLAMA_URL: await deadUrl(),
    });

    // when
    const output = await runTask(task, { user_query: 'Why?' }, context);
    refuse = true;
    const thrown = await thrownBy(runTask(task, { user_query: 'Why not?' }, context));

    // then
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${canary}`, `Bearer ${canary}`]);
    expect(thrown).toBeInstanceOf(TerminalError);
    expect(lines).not.toEqual([]);
    for (const text of [JSON.stringify(output), inspect(thrown, { depth: 20, showHidden: true }), ...lines])
      expect(text).not.toContain(canary);
  });

  it('has Ollama pull the model that it is to have, while it serves, and tells who asks before that it comes', async () => {
    // given
    const lines: string[] = [];
    let end = (): void => undefined;
    await using server = await startWireServer(({ path }, response) => {
      if (path === '/api/tags') return answerJson(response, 200, { models: [] });
      if (path === '/api/generate') return answerJson(response, 404, ollamaErrors.noModel);
      response.writeHead(200).flushHeaders();
      end = () => void response.end('{"status":"success"}\n');
    });
    const config = readConfig(aiWorkerFields, {
      PROCOS_AI_WORKER_PORT: '0',
      CAMUNDA_URL: await deadUrl(),
      OLLAMA_URL: server.url,
      OLLAMA_PULL_MODEL: 'True',
    });
    const app = createApp(config, { eventBus: { publish: async () => undefined }, logger: rememberingLogger(lines) });

    // when
    await app.start();
    try {
      await expect
        .poll(() => server.seen.find(({ path }) => path === '/api/pull')?.body)
        .toMatchObject({
          model: 'llama2',
        });
      expect((await fetch(`${app.url()}/livez`)).status).toBe(200);
      end();

      // then
      await expect.poll(() => lines.some((line) => line.includes('model_pulled'))).toBe(true);
    } finally {
      await app.stop();
    }
  });

  it('starts without an engine, says that it cannot reach it, and stops', async () => {
    const config = readConfig(aiWorkerFields, { PROCOS_AI_WORKER_PORT: '0', CAMUNDA_URL: await deadUrl() });
    const app = createApp(config, {
      eventBus: { publish: async () => undefined },
      logger: createLogger({ component: 'ai-worker', stderr: false }),
    });

    await app.start();
    try {
      await expect.poll(async () => (await fetch(`${app.url()}/readyz`)).status).toBe(503);
      const body: unknown = await (await fetch(`${app.url()}/readyz`)).json();
      expect(body).toMatchObject({ topics: ['ai_query', 'provider_selection'], engine_reachable: false });
    } finally {
      await app.stop();
    }
  });
});
