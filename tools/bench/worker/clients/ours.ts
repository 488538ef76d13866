// Our worker runtime with its defaults, from source, by its public API.
import { setTimeout as sleep } from 'node:timers/promises';
import { defineTaskContract } from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { silentLogger } from '@procos/logging';
// eslint-disable-next-line @nx/enforce-module-boundaries -- it is what is measured
import { createTaskWorker, defineTask } from '@procos/task-worker';
import { createMetrics } from '@procos/telemetry';
import { Type } from 'typebox';
import { type EngineTurn, serveTurns } from '../serve-turns.ts';

serveTurns(({ connection, topics }: EngineTurn) => {
  const client = createEngineClient(connection);
  const worker = createTaskWorker({
    client,
    workerType: 'bench',
    tasks: topics.map(task),
    logger: silentLogger,
    metrics: createMetrics(),
  });
  return {
    go: () => worker.start(),
    rest: async () => {
      await worker.stop(1_000);
      await client.close();
    },
  };
});

function task({ topic, workMs = 0 }: EngineTurn['topics'][number]) {
  const contract = defineTaskContract({
    topic,
    title: topic,
    description: 'Does nothing, or takes its time.',
    input: Type.Object({}),
    output: Type.Object({}),
  });
  return defineTask(contract, async (_input, { lease }) => {
    // A handler whose lease is gone has nothing to wait for.
    if (workMs > 0) await sleep(workMs, undefined, { signal: lease.signal });
    return {};
  });
}
