import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createEngineClient } from '@procos/engine-client';
import { createProcessDriver, eventually, sampleSeed, seededRandom } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { brokenModel, brokenSequels } from './testing/kept-result-models.ts';
import type { Standstill } from './testing/stands-still.ts';
import { useWorkerProcesses, type WorkerProcess } from './testing/use-worker-processes.ts';

/** `PROCOS_KILLS=100 npx vitest run -c vitest.engine.config.ts libs/task-worker/src/killed`: more of them. */
const kills = Number(process.env['PROCOS_KILLS'] ?? 10);
/** No other file of this run deploys or serves it. */
const name = 'kept_90';
const connection = inject('engine');
const engine = createEngineClient(connection);
const driver = createProcessDriver(engine);
const startWorker = useWorkerProcesses();
const folder = mkdtempSync(join(tmpdir(), 'killed-before-report-'));
const sinkDir = mkdtempSync(join(folder, 'sink-'));

beforeAll(async () => {
  const [sequel] = brokenSequels;
  if (sequel === undefined) throw new Error('no model');
  const file = join(folder, `${name}.bpmn`);
  writeFileSync(file, brokenModel(sequel, 90));
  await driver.deploy(pathToFileURL(file));
});
afterAll(async () => {
  await driver.cleanUp();
  await engine.close();
  rmSync(folder, { recursive: true });
});

interface Moment {
  readonly name: string;
  readonly standstill?: Standstill;
  /** Whether the engine refuses the result at first, for a slip in the step behind. */
  readonly isRefused: boolean;
  /** How often an effect without a key may have happened. */
  readonly keyless: readonly number[];
}

const moments: readonly Moment[] = [
  {
    name: 'nothing is reported',
    standstill: { report: 'complete', when: 'before' },
    isRefused: false,
    keyless: [2],
  },
  {
    name: 'the engine has the result, its answer is lost',
    standstill: { report: 'complete', when: 'after' },
    isRefused: false,
    keyless: [1],
  },
  {
    name: 'the result is refused, nothing is kept yet',
    standstill: { report: 'fail', when: 'before' },
    isRefused: true,
    keyless: [2],
  },
  {
    name: 'the refused result is kept, the answer is lost',
    standstill: { report: 'fail', when: 'after' },
    isRefused: true,
    keyless: [1],
  },
  { name: 'some moment, result taken', isRefused: false, keyless: [1, 2] },
  { name: 'some moment, result refused', isRefused: true, keyless: [1, 2] },
];

/** Longest wait before a kill at some moment, in milliseconds: a report takes about that long. */
const longestWaitMs = 25;

const start = ({ standstill }: Moment) =>
  startWorker({
    engine: connection,
    topic: name,
    name: 'victim',
    journalDir: join(folder, 'journal'),
    sinkDir,
    workMs: 0,
    longPollMs: 1_000,
    ...(standstill === undefined ? {} : { standstill }),
  });

/** People mend the cause once the engine keeps the result, and grant a try. */
async function mend(id: string): Promise<void> {
  const incident = await eventually('the incident', async () => (await driver.incidents(id))[0], 30_000);
  await engine.runtime.setVariables(id, { approvedd: true });
  await engine.externalTasks.setRetries(incident.configuration ?? '', 1);
}

describe("a worker that is killed between the end of its handler and the engine's answer", () => {
  it(`has each effect with a key once, one without at least once: ${kills} kills, seed ${sampleSeed}`, {
    timeout: 60_000 + kills * 5_000,
  }, async () => {
    const next = seededRandom(sampleSeed);
    const plan = Array.from({ length: kills }, (_, index) => ({
      moment: moments[index % moments.length],
      rank: next(),
    }))
      .toSorted((one, other) => one.rank - other.rank)
      .flatMap(({ moment }) => moment ?? []);
    const runs: { id: string; moment: Moment }[] = [];
    let worker: WorkerProcess | undefined;
    for (const moment of plan) {
      // The successor of the one that was killed is the next victim.
      worker ??= await start(moment);
      const id = await driver.start(name, moment.isRefused ? {} : { approvedd: true });
      runs.push({ id, moment });
      if (moment.standstill === undefined) {
        await worker.achieved(id);
        await delay(next() * longestWaitMs);
      } else await worker.stoodStill(id);
      await worker.end('SIGKILL');
      worker = await start(plan[runs.length] ?? moment);
      if (moment.isRefused) await mend(id);
      expect((await driver.ended(id)).endEvent).toBe('end');
    }
    await worker?.end('SIGTERM');

    const tries = readFileSync(join(sinkDir, 'tries.log'), 'utf8').trim().split('\n');
    const effects = readdirSync(sinkDir).filter((file) => file !== 'tries.log');
    expect(effects.map((file) => readFileSync(join(sinkDir, file), 'utf8')).sort()).toEqual(
      runs.map(({ id }) => id).sort(),
    );
    const keyless = runs.map(({ id, moment }) => ({
      moment: moment.name,
      times: tries.filter((key) => key.startsWith(`${id}:`)).length,
    }));
    process.stderr.write(
      `  ${kills} kills, seed ${sampleSeed}: ${effects.length} effects with a key; without one ${keyless
        .map(({ moment, times }) => `${times} × (${moment})`)
        .join(', ')}\n`,
    );
    for (const [index, { moment, times }] of keyless.entries())
      expect(runs[index]?.moment.keyless, moment).toContain(times);
  });
});
