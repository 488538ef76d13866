import { defineConfig } from 'vitest/config';

/** The tests that need real services: RabbitMQ, PostgreSQL and Consul, started once by the global set-up. */
export default defineConfig({
  resolve: { conditions: ['@procos/source'] },
  ssr: { resolve: { conditions: ['@procos/source'] } },
  test: {
    name: 'services',
    include: ['{libs,apps,processes,tools}/**/*.services.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/out-tsc/**', 'tools/templates/**', 'apps/system-e2e/**'],
    globalSetup: ['libs/testing/src/services-setup.ts'],
    // A test in which nothing was compared has shown nothing.
    expect: { requireAssertions: true },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
