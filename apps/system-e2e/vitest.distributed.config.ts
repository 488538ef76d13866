import { defineConfig } from 'vitest/config';

/** The same end-to-end tests in distributed mode, and those of faults, on one set of real services. */
export default defineConfig({
  resolve: { conditions: ['@procos/source'] },
  ssr: { resolve: { conditions: ['@procos/source'] } },
  test: {
    name: 'distributed',
    include: ['src/**/*.e2e.test.ts', 'src/**/*.services.test.ts', 'src/faults/*.test.ts'],
    globalSetup: ['../../libs/testing/src/services-setup.ts'],
    // A system that lives some minutes spends more on the second compiler of its engine than it saves.
    env: { PROCOS_E2E_MODE: 'distributed', JDK_JAVA_OPTIONS: '-XX:TieredStopAtLevel=1' },
    // A test in which nothing was compared has shown nothing.
    expect: { requireAssertions: true },
    pool: 'forks',
    // Each file boots systems of its own, and those of faults have servers of their own: two at a time.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
