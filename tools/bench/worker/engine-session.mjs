// One engine for all of the bench: the real one, as it is shipped, its state in memory, and the calls that drive and watch it.
import { setTimeout as sleep } from 'node:timers/promises';
import { FormData, Pool } from 'undici';
import { launchEngine } from '@procos/engine-build';
import { say } from '../report.ts';
import { sequence } from './models.ts';

const STARTS_AT_ONCE = 8;
const WATCH_MS = 100;
const STUCK_MS = 300_000;

/** Starts the engine as `npm start` would, with Java's optimising compiler. */
export async function openEngine() {
  const engine = await launchEngine({
    inMemory: true,
    tunedFor: 'long-life',
    onProgress: ({ message }) => say(message),
  });
  const pool = new Pool(new URL(engine.baseUrl).origin, { connections: STARTS_AT_ONCE });
  const call = caller(pool, engine);
  const history = (query) => call('POST', '/history/process-instance', query);
  const running = async (key) => (await call('GET', `/process-instance/count?processDefinitionKey=${key}`)).count;
  const startOne = async (key) => (await call('POST', `/process-definition/key/${key}/start`, {})).id;
  const session = {
    connection: { baseUrl: engine.baseUrl, user: engine.user, password: engine.password },
    /** @returns {Promise<string>} id of the deployment */
    deploy: async (model) => {
      const form = new FormData();
      form.set('deployment-name', model.key);
      form.set('data', new Blob([sequence(model)]), `${model.key}.bpmn`);
      return (await call('POST', '/deployment/create', form)).id;
    },
    /** Removes a model with everything that runs and has run of it. */
    undeploy: (deploymentId) => call('DELETE', `/deployment/${deploymentId}?cascade=true&skipCustomListeners=true`),
    startOne,
    startMany: (key, count) => startMany(() => startOne(key), count),
    untilEnded: (key) => untilNone(() => running(key), key),
    /** What the engine wrote down of the instances, times as numbers in milliseconds. */
    records: async (processInstanceIds) => {
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
  return session;
}

function caller(pool, { baseUrl, headers }) {
  const root = new URL(baseUrl).pathname;
  return async (method, path, body) => {
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
    return text === '' ? undefined : JSON.parse(text);
  };
}

async function startMany(startOne, count) {
  const ids = [];
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

async function untilNone(count, key) {
  const deadline = performance.now() + STUCK_MS;
  while ((await count()) > 0) {
    if (performance.now() > deadline)
      throw new Error(`Instances of ${key} are still running after ${STUCK_MS / 1000} s`);
    await sleep(WATCH_MS);
  }
}

function record({ id, startTime, endTime, durationInMillis }) {
  return { id, startedAt: Date.parse(startTime), endedAt: Date.parse(endTime), durationMs: durationInMillis };
}
