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
    pool: 'forks',
    // The engine needs a core of its own; the tests mostly wait for it.
    maxWorkers: 2,
    // They end what hangs; on a busy machine the engine is several times slower.
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});
