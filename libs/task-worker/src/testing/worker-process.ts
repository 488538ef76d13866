import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { defineTaskContract } from '@procos/contracts';
import { createEngineClient, type EngineConnection } from '@procos/engine-client';
import { silentLogger } from '@procos/logging';
import { createMetrics } from '@procos/telemetry';
import { Type } from 'typebox';
import { defineTask } from '../define-task.ts';
import { createTaskWorker } from '../task-worker.ts';
import { type Standstill, standingStill } from './stands-still.ts';

/** What a worker process of the tests is told: the only argument, as JSON. */
export interface WorkerProcessOptions {
  readonly engine: EngineConnection;
  readonly topic: string;
  readonly name: string;
  readonly journalDir: string;
  /** Keyed sink: a folder with one file per effect. */
  readonly sinkDir: string;
  /** How long a handler takes, in milliseconds. */
  readonly workMs: number;
  /** Attempts that never end. @default none */
  readonly hangs?: 'first' | 'all';
  /** Where such an attempt stays. @default after its effect */
  readonly hangsBeforeEffect?: boolean;
  /** Where it stands still when it reports the first attempt of a task. @default nowhere */
  readonly standstill?: Standstill;
  /** How long a request for tasks waits, in milliseconds: tries that people grant are seen after it. @default that of workers */
  readonly longPollMs?: number;
  /** Handlers at once. @default 128 */
  readonly concurrency?: number;
  /** What SIGTERM leaves it, in milliseconds. @default 5000 */
  readonly graceMs?: number;
}

const {
  engine,
  topic,
  name,
  journalDir,
  sinkDir,
  workMs,
  hangs,
  hangsBeforeEffect = false,
  standstill,
  longPollMs,
  concurrency = 128,
  graceMs = 5_000,
} = JSON.parse(process.argv[2] ?? '') as WorkerProcessOptions;
const report = (event: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(event)}\n`);
const contract = defineTaskContract({
  topic,
  title: topic,
  description: topic,
  input: Type.Object({}),
  output: Type.Object({}),
});

/** The instance whose first attempt this process has made last. */
let first: string | undefined;
const client = createEngineClient(engine);

const worker = createTaskWorker({
  client:
    standstill === undefined
      ? client
      : standingStill(
          client,
          standstill,
          () => first !== undefined,
          () => report({ event: 'stoodStill', processInstanceId: first }),
        ),
  workerType: 'test-worker',
  workerName: name,
  journalDir,
  ...(longPollMs === undefined ? {} : { longPollMs }),
  logger: silentLogger,
  metrics: createMetrics(),
  limits: { [topic]: { concurrency } },
  tasks: [
    defineTask(contract, async (_input, { processInstanceId, lease }) => {
      const isHanging = hangs === 'all' || (hangs === 'first' && lease.attempt === 1);
      const hang = () => delay(2 ** 30, undefined, { signal: lease.signal });
      if (isHanging && hangsBeforeEffect) {
        report({ event: 'started', processInstanceId, attempt: lease.attempt });
        await hang();
      }
      const effect = join(sinkDir, lease.idempotencyKey.replaceAll(/[^\w-]/g, '_'));
      // An outside system that knows the key takes the effect once; every try is written down.
      if (!existsSync(effect)) writeFileSync(effect, processInstanceId, { flag: 'wx' });
      appendFileSync(join(sinkDir, 'tries.log'), `${lease.idempotencyKey}\n`);
      report({ event: 'started', processInstanceId, attempt: lease.attempt });
      if (isHanging) await hang();
      await delay(workMs, undefined, { signal: lease.signal });
      first = lease.attempt === 1 ? processInstanceId : undefined;
      report({ event: 'achieved', processInstanceId });
      return {};
    }),
  ],
});
process.on('SIGTERM', () => {
  void worker.stop(graceMs).then(() => {
    report({ event: 'ended', state: worker.state() });
    process.exit(worker.state() === 'STOPPED' ? 0 : 1);
  });
});
worker.start();
report({ event: 'ready', workerId: worker.workerId });
