import type { TestProject } from 'vitest/node';
import type { EngineUnderTest } from './vitest-context.ts';

interface Launcher {
  launchEngine(options: {
    readonly product: string;
    readonly inMemory: true;
    readonly onProgress: (progress: { readonly step: string; readonly message: string }) => void;
  }): Promise<EngineUnderTest & { readonly pid: number; stop(): Promise<unknown> }>;
}

// By address and not by name: a library does not depend on tools/, only this one file of a test run starts something there.
const launcher = new URL('../../../tools/engine/launch-engine.mjs', import.meta.url);

/**
 * Starts one engine for all tests of the run, its state in memory, on a port the system chooses. Built at first use.
 * `PROCOS_TEST_ENGINE=camunda` takes Camunda 7.24 instead of Operaton.
 *
 * @returns stops it again
 */
export default async function startEngineForTests(project: TestProject): Promise<() => Promise<void>> {
  const product = process.env['PROCOS_TEST_ENGINE'] ?? 'operaton';
  const startedAt = performance.now();
  const { launchEngine } = (await import(launcher.href)) as Launcher;
  const engine = await launchEngine({
    product,
    inMemory: true,
    onProgress: ({ step, message }) => process.stderr.write(`  engine ${step}: ${message}\n`),
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
