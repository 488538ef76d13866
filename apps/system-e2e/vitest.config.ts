import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@procos/source'] },
  ssr: { resolve: { conditions: ['@procos/source'] } },
  test: {
    name: 'system-e2e',
    // A system that lives a minute spends more on the second compiler of its engine than it saves.
    env: { JDK_JAVA_OPTIONS: '-XX:TieredStopAtLevel=1' },
    include: ['src/**/*.e2e.test.ts', 'src/faults/*.test.ts'],
    exclude: ['**/*.services.test.ts'],
    // A test in which nothing was compared has shown nothing.
    expect: { requireAssertions: true },
    // Each file boots systems of its own, with ports of its own: two at a time, since a boot mostly waits.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
