import { defineConfig } from 'vitest/config';

/** The tests that need a real engine: all of them share one, started by the global set-up. */
export default defineConfig({
  resolve: { conditions: ['@procos/source'] },
  ssr: { resolve: { conditions: ['@procos/source'] } },
  test: {
    name: 'engine',
    include: ['{libs,apps,processes,tools,examples}/**/*.engine.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/out-tsc/**', 'tools/templates/**'],
    globalSetup: ['libs/testing/src/engine-setup.ts'],
    // A test in which nothing was compared has shown nothing.
    expect: { requireAssertions: true },
    pool: 'forks',
    // The tests mostly wait: for the engine, for a lock to end, for a process that was killed to be replaced.
    maxWorkers: 4,
    // They end what hangs; on a busy machine the engine is several times slower.
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});
