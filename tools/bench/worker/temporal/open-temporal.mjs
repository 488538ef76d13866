// Temporal's dev server and one worker of its TypeScript SDK, doing the same work: activities in a row that do nothing.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildGoTool, GoToolError } from '@procos/local-servers';
import { endsWithUs } from '../children.mjs';
import { startClient } from '../client-process.mjs';
import { inTurn } from '../rounds.ts';
import { ensureTemporalSdk, SdkInstallError } from './ensure-sdk.mjs';

const TASK_QUEUE = 'bench';
const START_TIMEOUT_MS = 60_000;
const SETTLE_MS = 1_000;
const STARTS_AT_ONCE = 16;

/** Thrown where Temporal cannot be had. The message says why. */
export class TemporalMissingError extends Error {
  name = 'TemporalMissingError';
}

/**
 * Builds the server, installs the SDK, each if need be, and starts both.
 * @param {(message: string) => void} say
 * @throws {TemporalMissingError}
 */
export async function openTemporal(say) {
  const { binary, sdk } = await provide(say);
  const server = await startServer(binary);
  const { Client, Connection } = createRequire(join(sdk, 'package.json'))('@temporalio/client');
  const connection = await connect(Connection, server.address).catch(async (error) => {
    await server.stop();
    throw error;
  });
  const client = new Client({ connection });
  const worker = startClient('temporal/worker-process.mjs', { TEMPORAL_SDK: sdk, TEMPORAL_ADDRESS: server.address });
  const begin = (steps) =>
    client.workflow.start('steps', { taskQueue: TASK_QUEUE, workflowId: randomUUID(), args: [steps] });
  return {
    chain: (steps, count) => inTurn(worker, { taskQueue: TASK_QUEUE }, (go) => chain(go, () => begin(steps), count)),
    burst: async (steps, count) => {
      const handles = await inLanes(Array.from({ length: count }), () => begin(steps));
      return inTurn(worker, { taskQueue: TASK_QUEUE }, (go) => burst(go, handles));
    },
    close: async () => {
      await worker.close();
      await connection.close();
      await server.stop();
    },
  };
}

/** Workflows one after another. @returns {Promise<number[]>} milliseconds of each, by the server's own times */
async function chain(go, begin, count) {
  await go();
  await sleep(SETTLE_MS);
  const durations = [];
  for (let index = 0; index < count; index += 1) {
    const handle = await begin();
    await handle.result();
    const { startTime, closeTime } = await handle.describe();
    durations.push(closeTime - startTime);
  }
  return durations;
}

/** Workflows that wait already. @returns {Promise<number>} milliseconds until the last has ended */
async function burst(go, handles) {
  const startedAt = await go();
  // One after another: a request that waits for every single one would only burden the server.
  for (const handle of handles) await handle.result();
  const views = await inLanes(handles, (handle) => handle.describe());
  return Math.max(...views.map(({ closeTime }) => closeTime.getTime())) - startedAt;
}

async function provide(say) {
  try {
    return { binary: await buildGoTool('temporal', { onProgress: say }), sdk: await ensureTemporalSdk(say) };
  } catch (error) {
    if (error instanceof GoToolError || error instanceof SdkInstallError) throw new TemporalMissingError(error.message);
    throw error;
  }
}

async function startServer(binary) {
  const port = await freePort();
  const args = [
    '--disable-config-file',
    'server',
    'start-dev',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--headless',
    '--log-level',
    'error',
  ];
  const child = endsWithUs(spawn(binary, args, { stdio: ['ignore', 'ignore', 'inherit'] }));
  return {
    address: `127.0.0.1:${port}`,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function connect(Connection, address) {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 2_000 });
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      return connection;
    } catch (error) {
      // Not serving yet.
      if (performance.now() > deadline) throw error;
      await sleep(200);
    }
  }
}

async function inLanes(items, work) {
  const results = [];
  const queue = items.entries();
  const lane = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: STARTS_AT_ONCE }, lane));
  return results;
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
