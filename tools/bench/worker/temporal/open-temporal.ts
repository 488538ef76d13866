// Temporal's dev server and one worker of its TypeScript SDK, doing the same work: activities in a row that do nothing.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildGoTool, freePorts, GoToolError } from '@procos/local-servers';
import { endsWithUs } from '../children.ts';
import { startClient } from '../client-process.ts';
import { inTurn } from '../rounds.ts';
import { ensureTemporalSdk, SdkInstallError } from './ensure-sdk.ts';

const TASK_QUEUE = 'bench';
const START_TIMEOUT_MS = 60_000;
const SETTLE_MS = 1_000;
const STARTS_AT_ONCE = 16;

/** Thrown where Temporal cannot be had. The message says why. */
export class TemporalMissingError extends Error {
  override name = 'TemporalMissingError';
}

/** Of its SDK, what is used here: it is installed on demand, so its own types are not there. */
interface WorkflowHandle {
  result(): Promise<unknown>;
  describe(): Promise<{ readonly startTime: Date; readonly closeTime?: Date }>;
}

interface TemporalConnection {
  readonly workflowService: { describeNamespace(query: { namespace: string }): Promise<unknown> };
  close(): Promise<void>;
}

interface Sdk {
  readonly Client: new (options: {
    connection: TemporalConnection;
  }) => {
    readonly workflow: { start(name: string, options: object): Promise<WorkflowHandle> };
  };
  readonly Connection: { connect(options: { address: string; connectTimeout: number }): Promise<TemporalConnection> };
}

type Say = (message: string) => void;
type Go = () => Promise<number>;

export type Temporal = Awaited<ReturnType<typeof openTemporal>>;

/**
 * Builds the server, installs the SDK, each if need be, and starts both.
 *
 * @throws {TemporalMissingError}
 */
export async function openTemporal(say: Say) {
  const { binary, sdk } = await provide(say);
  const server = await startServer(binary);
  const { Client, Connection } = createRequire(join(sdk, 'package.json'))('@temporalio/client') as Sdk;
  const connection = await connect(Connection, server.address).catch(async (thrown: unknown) => {
    await server.stop();
    throw thrown;
  });
  const client = new Client({ connection });
  const worker = startClient('temporal/worker-process.ts', { TEMPORAL_SDK: sdk, TEMPORAL_ADDRESS: server.address });
  const begin = (steps: number) =>
    client.workflow.start('steps', { taskQueue: TASK_QUEUE, workflowId: randomUUID(), args: [steps] });
  return {
    chain: (steps: number, count: number) =>
      inTurn(worker, { taskQueue: TASK_QUEUE }, (go) => chain(go, () => begin(steps), count)),
    burst: async (steps: number, count: number) => {
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

/** Workflows one after another. @returns milliseconds of each, by the server's own times */
async function chain(go: Go, begin: () => Promise<WorkflowHandle>, count: number): Promise<readonly number[]> {
  await go();
  await sleep(SETTLE_MS);
  const durations: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const handle = await begin();
    await handle.result();
    const { startTime, closeTime } = await handle.describe();
    durations.push(Number(closeTime) - Number(startTime));
  }
  return durations;
}

/** Workflows that wait already. @returns milliseconds until the last has ended */
async function burst(go: Go, handles: readonly WorkflowHandle[]): Promise<number> {
  const startedAt = await go();
  // One after another: a request that waits for every single one would only burden the server.
  for (const handle of handles) await handle.result();
  const views = await inLanes(handles, (handle) => handle.describe());
  return Math.max(...views.map(({ closeTime }) => Number(closeTime))) - startedAt;
}

async function provide(say: Say): Promise<{ readonly binary: string; readonly sdk: string }> {
  try {
    return { binary: await buildGoTool('temporal', { onProgress: say }), sdk: await ensureTemporalSdk(say) };
  } catch (error) {
    if (error instanceof GoToolError || error instanceof SdkInstallError) throw new TemporalMissingError(error.message);
    throw error;
  }
}

async function startServer(binary: string) {
  const [port = 0] = await freePorts(1);
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

async function connect(Connection: Sdk['Connection'], address: string): Promise<TemporalConnection> {
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

async function inLanes<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const lane = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: STARTS_AT_ONCE }, lane));
  return results;
}
