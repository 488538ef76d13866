import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureEngine } from '@procos/engine-build';
import { createEngineClient } from '@procos/engine-client';
import { type EngineProcess, startEngineProcess } from '@procos/engine-process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkout, freePortOffset } from '../launched-system.ts';
import { useFaultySystem } from './faulty-system.ts';

const instances = Number(process.env['PROCOS_E2E_SHARED_INSTANCES'] ?? 2_000);
// Two generic workers fetch from the first engine, two more from the second.
const under = useFaultySystem(['--scale', 'generic-worker=2']);
const workers: ChildProcess[] = [];
let second: EngineProcess | undefined;

beforeAll(async () => {
  if (under.isMissing()) return;
  const { dataDir, engine } = under.system();
  const port = 8080 + (await freePortOffset());
  const { user, password } = JSON.parse(readFileSync(join(dataDir, 'credentials.json'), 'utf8')) as {
    user: string;
    password: string;
  };
  const { home } = await ensureEngine();
  const { jdbcUrl = '', user: databaseUser = '', password: databasePassword = '' } = under.service('postgres');
  const database = { CAMUNDA_DB_URL: jdbcUrl, CAMUNDA_DB_USER: databaseUser, CAMUNDA_DB_PASSWORD: databasePassword };
  const folder = join(dataDir, 'second-engine');
  second = startEngineProcess({
    home,
    port,
    dataDir: folder,
    logFile: join(dataDir, 'logs/second-engine.log'),
    user,
    password,
    env: { ...process.env, ...database },
  });
  const client = createEngineClient({ baseUrl: `http://127.0.0.1:${port}/engine-rest`, user, password });
  for (let waited = 0; !(await client.isReady()) && waited < 120_000; waited += 200) await delay(200);
  expect(await client.engines()).toEqual(await engine.engines());
  await client.close();
  for (const name of ['generic-worker-03', 'generic-worker-04']) {
    const env = {
      ...process.env,
      CAMUNDA_URL: `http://127.0.0.1:${port}/engine-rest`,
      PROCOS_ENGINE_USER: user,
      PROCOS_ENGINE_PASSWORD: password,
    };
    const own = {
      WORKER_ID: name,
      PROCOS_GENERIC_WORKER_PORT: '0',
      WORKER_JOURNAL_DIR: join(folder, name),
      PROCOS_FILE_ROOT: join(folder, 'files'),
      CONSUL_URL: under.service('consul').url,
    };
    const worker = spawn(
      process.execPath,
      ['--conditions=@procos/source', join(checkout, 'apps/generic-worker/src/main.ts')],
      { env: { ...env, ...own }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    workers.push(worker);
    let output = '';
    worker.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    for (let waited = 0; !output.includes('worker_started') && waited < 30_000; waited += 50) await delay(50);
    expect(output).toContain('worker_started');
  }
}, 240_000);
afterAll(async () => {
  await Promise.all(
    workers.map(async (worker) => {
      worker.kill('SIGKILL');
      if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit');
    }),
  );
  await second?.stop();
}, 60_000);

/** Generic workers that have done a task of the probe, two of them by way of the first engine and two by way of the second. */
async function workersSoFar(): Promise<readonly string[]> {
  const log = await under.system().engine.history.taskLog({
    successLog: true,
    topicName: 'response_formatting',
    sortBy: 'timestamp',
    sortOrder: 'desc',
    maxResults: 500,
  });
  return [...new Set(log.flatMap(({ workerId }) => /generic-worker-0\d/.exec(workerId ?? '') ?? []))];
}

describe('two engines on one database and four generic workers', { timeout: 600_000 }, () => {
  it(`share ${instances} instances, and all of them end although one engine is killed in the middle`, () =>
    under.survives(
      `kill -9 one of two engines, ${instances} instances`,
      instances,
      async () => {
        await vi.waitFor(async () => expect(await workersSoFar()).toHaveLength(4), { timeout: 120_000, interval: 250 });
        second?.kill();
        await second?.ended;
        expect(await under.system().engine.runtime.countInstances()).toBeGreaterThan(50);
      },
      instances / 2,
    ));
});
