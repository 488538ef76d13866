import { setTimeout as delay } from 'node:timers/promises';
import { useOwnService } from '@procos/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { complaints, isRunning, launchSystem, type LaunchedSystem, readRun, removeFolder } from '../launched-system.ts';
import { type ModelServer, startModelServer } from '../model-server.ts';

/** The whole stop of a system whose broker is dead: the shutdown process, the apps, the engine. */
const stopMs = 15_000;

const services = {
  rabbitmq: useOwnService('rabbitmq'),
  consul: useOwnService('consul'),
  postgres: useOwnService('postgres'),
};
let models: ModelServer | undefined;
let system: LaunchedSystem | undefined;
beforeAll(async () => {
  if (Object.values(services).some((service) => service.isMissing())) return;
  models = await startModelServer();
  const { jdbcUrl = '', user = '', password = '' } = services.postgres();
  const env = {
    RABBITMQ_URL: services.rabbitmq().url,
    CONSUL_URL: services.consul().url,
    CAMUNDA_DB_URL: jdbcUrl,
    CAMUNDA_DB_USER: user,
    CAMUNDA_DB_PASSWORD: password,
  };
  system = await launchSystem({ env: { ...models.env, ...env } });
}, 240_000);
afterEach(({ task }) => {
  if (task.result?.state === 'fail') process.stderr.write(`${complaints(system)}\n`);
});
afterAll(async () => {
  await models?.close();
  if (system !== undefined) removeFolder(system.dataDir);
}, 60_000);

it('a system whose broker is dead stops in good order, in time, and leaves nothing behind', async () => {
  const up = system;
  if (up === undefined) throw new Error('The system is started before the tests');
  const { pid, enginePid, processes = {} } = readRun(up.dataDir);
  const started = [pid, enginePid, ...Object.values(processes)];
  expect(started.filter(isRunning)).toEqual(started);
  await services.rabbitmq().kill();
  // Long enough that all of them have noticed.
  await delay(2_000);

  const began = performance.now();
  const code = await up.stop();
  const took = performance.now() - began;

  process.stdout.write(`  stopped without a broker in ${(took / 1_000).toFixed(1)} s\n`);
  expect(code).toBe(0);
  expect(started.filter(isRunning)).toEqual([]);
  expect(took).toBeLessThan(stopMs);
}, 120_000);
