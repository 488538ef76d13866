import type { ServerResponse } from 'node:http';
import { type LogFields, type Logger, silentLogger } from '@procos/logging';
import { describe, expect, it } from 'vitest';
import { ollamaTags } from '../testing/ollama-wire.ts';
import { answerJson, deadUrl, startWireServer } from '../testing/wire-server.ts';
import { createModelPull, type ModelPullOptions } from './ollama-pull.ts';

interface Line extends LogFields {
  readonly event: string;
}

function rememberingLogger(): { readonly logger: Logger; readonly lines: Line[] } {
  const lines: Line[] = [];
  const write = (event: string, fields: LogFields = {}) => void lines.push({ ...fields, event });
  return { lines, logger: { ...silentLogger, error: write, warn: write, info: write } };
}

/** The lines of one answer of `POST /api/pull`, ended or cut. */
function answerLines(response: ServerResponse, lines: readonly object[], isCut = false): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  if (isCut) setTimeout(() => response.destroy(), 20);
  else response.end();
}

const layer = { status: 'pulling 970aa74c0a90', digest: 'sha256:970aa74c0a90', total: 200, completed: 90 };
const whole = [{ status: 'pulling manifest' }, layer, { status: 'verifying sha256 digest' }, { status: 'success' }];

/** A pull at a server that has no model and gives these answers to the attempts, the last one again and again. */
async function pulledFrom(
  answers: readonly ((response: ServerResponse) => void)[],
  options: Partial<ModelPullOptions> = {},
) {
  let attempts = 0;
  await using server = await startWireServer(({ path }, response) => {
    if (path === '/api/tags') return answerJson(response, 200, { models: [] });
    attempts += 1;
    return (answers[attempts - 1] ?? answers.at(-1))?.(response);
  });
  const { logger, lines } = rememberingLogger();
  const pull = createModelPull({ url: server.url, model: 'llama3', logger, waitMs: 1, progressMs: 0, ...options });
  pull.start();
  await expect.poll(() => pull.stateOf('llama3'), { timeout: 5_000 }).toBeUndefined();
  return { lines, attempts, asked: server.seen.find(({ path }) => path === '/api/pull')?.body };
}
const eventsOf = (lines: readonly Line[]) => lines.map(({ event }) => event);

describe('a model that is to be pulled', () => {
  it('is asked for once, and how far it is, is logged', async () => {
    const { lines, asked } = await pulledFrom([(response) => answerLines(response, whole)]);

    expect(asked).toEqual({ model: 'llama3', stream: true });
    expect(eventsOf(lines)).toEqual(['model_pull_started', ...whole.map(() => 'model_pulling'), 'model_pulled']);
    expect(lines).toContainEqual({ event: 'model_pulling', model: 'llama3', status: layer.status, percent: 45 });
  });

  it('is left alone when it is there', async () => {
    await using server = await startWireServer((_request, response) => answerJson(response, 200, ollamaTags));
    const { logger, lines } = rememberingLogger();
    const pull = createModelPull({ url: server.url, model: 'llama2', logger });
    pull.start();

    await expect.poll(() => lines).toEqual([{ event: 'model_is_there', model: 'llama2' }]);
    expect(server.seen.map(({ path }) => path)).toEqual(['/api/tags']);
  });

  it('is pulled on after a cut answer, one that ended early, an overloaded server and an error of the network there', async () => {
    const { lines, attempts } = await pulledFrom([
      (response) => answerLines(response, [layer], true),
      (response) => answerLines(response, [layer]),
      (response) => answerJson(response, 503, { error: 'server busy' }),
      (response) => answerLines(response, [layer, { error: 'max retries exceeded: EOF' }]),
      (response) => answerLines(response, whole),
    ]);

    expect(attempts).toBe(5);
    expect(lines.filter(({ event }) => event === 'model_pull_interrupted').map(({ reason }) => reason)).toEqual([
      expect.any(String),
      'the answer ended before the model was there',
      'status 503: server busy',
      'max retries exceeded: EOF',
    ]);
    expect(eventsOf(lines).at(-1)).toBe('model_pulled');
  });

  it.each([
    [200, { error: 'pull model manifest: file does not exist' }, 'pull model manifest: file does not exist'],
    [400, { error: 'invalid model name' }, 'status 400: invalid model name'],
    [404, 'no such page', 'status 404: "no such page"'],
  ])('that the server does not know is told with a remedy, at once: %i %j', async (status, body, reason) => {
    const { lines, attempts } = await pulledFrom([(response) => answerJson(response, status, body)]);

    expect(attempts).toBe(1);
    expect(lines.at(-1)).toMatchObject({
      event: 'model_not_pulled',
      model: 'llama3',
      reason,
      remedy: expect.stringContaining('ollama pull llama3') as string,
    });
  });

  it.each<[string, Partial<ModelPullOptions>, number, RegExp]>([
    ['fails again and again', {}, 10, /^status 500: no$/],
    ['is not there in time', { timeLimitMs: 300, waitMs: 200 }, 2, /^it took longer than 300 ms$/],
  ])('that %s is given up', async (_, options, most, reason) => {
    const { lines, attempts } = await pulledFrom([(response) => answerJson(response, 500, { error: 'no' })], options);

    expect(attempts).toBeLessThanOrEqual(most);
    expect(lines.at(-1)).toMatchObject({
      event: 'model_not_pulled',
      reason: expect.stringMatching(reason) as string,
    });
  });

  it('is not waited for without end by a server that says nothing, nor by one that never ends a line', async () => {
    const { lines } = await pulledFrom(
      [
        (response) => void response.writeHead(200).flushHeaders(),
        (response) => response.writeHead(200).end('x'.repeat(100_000)),
        (response) => answerLines(response, whole),
      ],
      { silenceLimitMs: 200 },
    );

    expect(lines.filter(({ event }) => event === 'model_pull_interrupted').map(({ reason }) => reason)).toEqual([
      'Body Timeout Error',
      'a line of the answer is longer than 65536 characters',
    ]);
  }, 20_000);

  it('waits for a server that starts later, and stops at once when the worker does', async () => {
    const { logger, lines } = rememberingLogger();
    const pull = createModelPull({ url: await deadUrl(), model: 'llama3', logger, waitMs: 60_000 });
    pull.start();

    await expect.poll(() => eventsOf(lines)).toEqual(['model_pull_interrupted']);
    expect(lines[0]).toMatchObject({ reason: 'Ollama does not answer' });
    expect(pull.stateOf('llama3')).toBe('it is being pulled');
    expect(pull.stateOf('another')).toBeUndefined();
    await pull.stop();
    expect(eventsOf(lines)).toEqual(['model_pull_interrupted']);
  });
});
