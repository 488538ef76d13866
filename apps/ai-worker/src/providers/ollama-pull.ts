import { setTimeout as sleep } from 'node:timers/promises';
import { growingWait, messageOf, rootCause } from '@procos/errors';
import type { Logger } from '@procos/logging';
import { request as httpRequest } from 'undici';
import { parseObject } from './ollama-api.ts';
import { createOllamaModels } from './ollama-models.ts';
import { isNoModel } from './provider-sentences.ts';
import { mayPass, safeDetails } from './request-failure.ts';

export interface ModelPullOptions {
  readonly url: string;
  readonly model: string;
  readonly logger: Logger;
  /** Longest time of all attempts together. @default two hours */
  readonly timeLimitMs?: number;
  /** Longest silence within an answer: a server that works says so several times a second. @default five minutes */
  readonly silenceLimitMs?: number;
  /** Wait before the second attempt; doubles up to a minute. @default 5000 */
  readonly waitMs?: number;
  /** Time between two log lines about what has come so far. @default 30000 */
  readonly progressMs?: number;
}

/** What is to be said of a model that is being pulled now; `undefined` for any other. */
export type PullStateOf = (model: string) => string | undefined;

/** The pull of a model: a work beside that of the worker, which neither waits for it nor fails with it. */
export interface ModelPull {
  start(): void;
  readonly stateOf: PullStateOf;
  /** Ends what runs. The server keeps what it has, and goes on from there next time. */
  stop(): Promise<void>;
}

const mostAttempts = 10;
const longestWaitMs = 60_000;
/** A line says how far a layer is: longer ones are no answer of this API. */
const longestLine = 65_536;

/** What no other attempt changes: there is no such model, or the server does not take its name. */
class PullRefused extends Error {}

/**
 * Pulls a model unless the server has it, and logs how far it is, that it is there, or why it is not.
 * Source: Ollama API reference, `POST /api/pull`: a stream of JSON lines; `success` ends a whole pull, `error` a failed one.
 */
export function createModelPull(options: ModelPullOptions): ModelPull {
  const { url, model, logger, timeLimitMs = 7_200_000, waitMs = 5_000 } = options;
  const ending = new AbortController();
  const progress = { percent: undefined as number | undefined };
  let work: Promise<void> | undefined;
  const run = async () => {
    const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(timeLimitMs)]);
    try {
      for (let attempt = 1; ; attempt += 1) {
        const failure = await tryOnce(options, progress, signal);
        if (failure === undefined) return;
        const isLast = failure instanceof PullRefused || attempt === mostAttempts;
        const fields = { model, url, attempt, reason: safeDetails(messageOf(rootCause(failure))) };
        if (isLast) return logger.error('model_not_pulled', { ...fields, remedy: remedyFor(model) });
        logger.warn('model_pull_interrupted', fields);
        await sleep(growingWait({ first: waitMs, longest: longestWaitMs }, attempt), undefined, { signal });
      }
    } catch (thrown) {
      if (ending.signal.aborted) return;
      const reason = signal.aborted ? `it took longer than ${timeLimitMs} ms` : safeDetails(messageOf(thrown));
      logger.error('model_not_pulled', { model, url, reason, remedy: remedyFor(model) });
    } finally {
      work = undefined;
    }
  };
  return {
    start: () => void (work ??= run()),
    stateOf: (asked) =>
      work === undefined || asked !== model
        ? undefined
        : `it is being pulled${progress.percent === undefined ? '' : `, ${progress.percent} % of its present part are there`}`,
    stop: async () => {
      ending.abort();
      await work;
    },
  };
}

function remedyFor(model: string): string {
  return `Run "ollama pull ${model}" where Ollama runs, or name another model with OLLAMA_MODEL. All else of the worker goes on.`;
}

/** @returns what went wrong; throws only when `signal` is aborted */
async function tryOnce(
  options: ModelPullOptions,
  progress: { percent: number | undefined },
  signal: AbortSignal,
): Promise<Error | undefined> {
  const { url, model, logger } = options;
  const known = await createOllamaModels(url, 5_000).availability(model, signal);
  if (known.available) {
    logger.info('model_is_there', { model });
    return undefined;
  }
  // Only a server that lists its models says what would help.
  if (known.remedy === undefined) return new Error(known.reason);
  logger.info('model_pull_started', { model, url });
  const started = performance.now();
  try {
    await pull(options, progress, signal);
    logger.info('model_pulled', { model, duration_ms: Math.round(performance.now() - started) });
    return undefined;
  } catch (thrown) {
    signal.throwIfAborted();
    return thrown instanceof Error ? thrown : new Error(messageOf(thrown));
  }
}

async function pull(
  { url, model, logger, silenceLimitMs = 300_000, progressMs = 30_000 }: ModelPullOptions,
  progress: { percent: number | undefined },
  signal: AbortSignal,
): Promise<void> {
  const { statusCode, body } = await httpRequest(`${url}/api/pull`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, stream: true }),
    headersTimeout: silenceLimitMs,
    bodyTimeout: silenceLimitMs,
    signal,
  });
  let loggedAt = Number.NEGATIVE_INFINITY;
  let status: unknown;
  for await (const line of linesOf(body as AsyncIterable<Buffer>)) {
    const said = parseObject(line) ?? {};
    if (typeof said['error'] === 'string' || statusCode !== 200)
      throw faultOf(statusCode, typeof said['error'] === 'string' ? said['error'] : line);
    ({ status } = said);
    progress.percent = percentOf(said);
    if (performance.now() - loggedAt < progressMs) continue;
    loggedAt = performance.now();
    logger.info('model_pulling', { model, status: safeDetails(String(status)), percent: progress.percent });
  }
  if (statusCode !== 200) throw faultOf(statusCode, 'no reason was given');
  if (status !== 'success') throw new Error('the answer ended before the model was there');
}

function faultOf(status: number, reason: string): Error {
  // An answer that has begun with 200 fails in words alone.
  const isFinal = (status !== 200 && !mayPass(status)) || isNoModel(reason);
  return new (isFinal ? PullRefused : Error)(status === 200 ? reason : `status ${status}: ${reason}`);
}

/** Of the layer that is being loaded: the whole is not known before the last one has begun. */
function percentOf({ total, completed }: Readonly<Record<string, unknown>>): number | undefined {
  return typeof total === 'number' && typeof completed === 'number' && total > 0
    ? Math.floor((100 * completed) / total)
    : undefined;
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new Error(`a line of the answer is longer than ${longestLine} characters`);
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}
