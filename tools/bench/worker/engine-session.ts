// One engine for all of the bench: the real one, as it is shipped, its state in memory, and the calls that drive and watch it.
import { setTimeout as sleep } from 'node:timers/promises';
import { FormData, Pool } from 'undici';
import { type LaunchedEngine, launchEngine } from '@procos/engine-build';
import { say } from '../report.ts';
import { type ModelOfTasks, sequence } from './models.ts';

const STARTS_AT_ONCE = 8;
const WATCH_MS = 100;
const STUCK_MS = 300_000;

export interface Connection {
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
}

/** What the engine wrote down of an instance; times in milliseconds. */
export interface InstanceRecord {
  readonly id: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly durationMs: number;
}

export type EngineSession = Awaited<ReturnType<typeof openEngine>>;

interface HistoryRow {
  readonly id: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly durationInMillis: number;
}

type Call = <Answer>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<Answer>;

/** Starts the engine as `npm start` would, with Java's optimising compiler. */
export async function openEngine() {
  const engine = await launchEngine({
    inMemory: true,
    tunedFor: 'long-life',
    onProgress: ({ message }) => say(message),
  });
  const pool = new Pool(new URL(engine.baseUrl).origin, { connections: STARTS_AT_ONCE });
  const call = caller(pool, engine);
  const history = (query: object) => call<readonly HistoryRow[]>('POST', '/history/process-instance', query);
  const running = async (key: string) =>
    (await call<{ count: number }>('GET', `/process-instance/count?processDefinitionKey=${key}`)).count;
  const startOne = async (key: string) =>
    (await call<{ id: string }>('POST', `/process-definition/key/${key}/start`, {})).id;
  return {
    connection: { baseUrl: engine.baseUrl, user: engine.user, password: engine.password } satisfies Connection,
    /** @returns id of the deployment */
    deploy: async (model: ModelOfTasks): Promise<string> => {
      const form = new FormData();
      form.set('deployment-name', model.key);
      form.set('data', new Blob([sequence(model)]), `${model.key}.bpmn`);
      return (await call<{ id: string }>('POST', '/deployment/create', form)).id;
    },
    /** Removes a model with everything that runs and has run of it. */
    undeploy: (deploymentId: string): Promise<void> =>
      call('DELETE', `/deployment/${deploymentId}?cascade=true&skipCustomListeners=true`),
    startOne,
    startMany: (key: string, count: number) => startMany(() => startOne(key), count),
    untilEnded: (key: string) => untilNone(() => running(key), key),
    /** What the engine wrote down of the instances, times as numbers in milliseconds. */
    records: async (processInstanceIds: readonly string[]): Promise<readonly InstanceRecord[]> => {
      const found = await history({ processInstanceIds });
      if (found.length !== processInstanceIds.length)
        throw new Error(`The engine has written down ${found.length} of ${processInstanceIds.length} instances`);
      return found.map(record);
    },
    stop: async () => {
      await pool.destroy();
      await engine.stop();
    },
  };
}

function caller(pool: Pool, { baseUrl, headers }: LaunchedEngine): Call {
  const root = new URL(baseUrl).pathname;
  return async <Answer>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => {
    const isForm = body instanceof FormData;
    const response = await pool.request({
      method,
      path: `${root}${path}`,
      headers: { ...headers, ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }) },
      body: isForm ? body : body === undefined ? null : JSON.stringify(body),
      headersTimeout: STUCK_MS,
      bodyTimeout: STUCK_MS,
    });
    const text = await response.body.text();
    if (response.statusCode >= 400)
      throw new Error(`The engine answered ${method} ${path} with ${response.statusCode}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  };
}

async function startMany(startOne: () => Promise<string>, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let left = count;
  const starter = async () => {
    while (left > 0) {
      left -= 1;
      ids.push(await startOne());
    }
  };
  await Promise.all(Array.from({ length: STARTS_AT_ONCE }, starter));
  return ids;
}

async function untilNone(count: () => Promise<number>, key: string): Promise<void> {
  const deadline = performance.now() + STUCK_MS;
  while ((await count()) > 0) {
    if (performance.now() > deadline)
      throw new Error(`Instances of ${key} are still running after ${STUCK_MS / 1000} s`);
    await sleep(WATCH_MS);
  }
}

function record({ id, startTime, endTime, durationInMillis }: HistoryRow): InstanceRecord {
  return { id, startedAt: Date.parse(startTime), endedAt: Date.parse(endTime), durationMs: durationInMillis };
}
