import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Two for each core: more than half of their time goes into waiting, for a process that ends, a time that is over, a socket.
    maxWorkers: 2 * availableParallelism(),
    projects: [
      'libs/*/vitest.config.ts',
      'apps/*/vitest.config.ts',
      'processes/vitest.config.ts',
      'tools/vitest.config.ts',
    ],
  },
});
