import { type EngineBuildProgress, type EngineProductName, launchEngine } from '@procos/engine-build';
import type { TestProject } from 'vitest/node';

/**
 * Starts one engine for all tests of the run, its state in memory, on a port the system chooses. Built at first use.
 * `PROCOS_TEST_ENGINE=camunda` takes Camunda 7.24 instead of Operaton.
 *
 * @returns stops it again
 */
export default async function startEngineForTests(project: TestProject): Promise<() => Promise<void>> {
  const product = (process.env['PROCOS_TEST_ENGINE'] ?? 'operaton') as EngineProductName;
  const startedAt = performance.now();
  const engine = await launchEngine({
    product,
    inMemory: true,
    onProgress: ({ step, message }: EngineBuildProgress) => process.stderr.write(`  engine ${step}: ${message}\n`),
  });
  process.stderr.write(
    `  ${product} answers after ${((performance.now() - startedAt) / 1000).toFixed(1)} s (process ${engine.pid})\n`,
  );
  const { baseUrl, user, password } = engine;
  project.provide('engine', { baseUrl, user, password });
  return async () => {
    await engine.stop();
  };
}
