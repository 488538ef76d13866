import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // By default Vitest leaves one core out; on two cores that is half of the machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      'libs/*/vitest.config.ts',
      'apps/*/vitest.config.ts',
      'processes/vitest.config.ts',
      'tools/vitest.config.ts',
    ],
  },
});
