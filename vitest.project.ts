import { defineProject, type UserWorkspaceConfig } from 'vitest/config';

/**
 * The unit and contract tests of one project. Tests of a real engine, of real services and of whole systems have settings of
 * their own.
 *
 * @param name of the project, as `--project` knows it
 */
export function unitTests(name: string): UserWorkspaceConfig {
  return defineProject({
    resolve: { conditions: ['@procos/source'] },
    ssr: { resolve: { conditions: ['@procos/source'] } },
    test: {
      name,
      include: ['**/*.test.ts'],
      exclude: ['**/node_modules/**', '**/dist/**', '**/*.{engine,services}.test.ts'],
      // One process runs file after file and imports each module once: starting and importing anew took most of the time. What
      // a file changes for all (environment, clock, a built-in function) it changes back; `vi.mock` is refused by lint.
      isolate: false,
      // A test in which nothing was compared has shown nothing: expectations in a callback that never ran, a loop over nothing.
      expect: { requireAssertions: true },
      // It ends what hangs. How fast something is, benchmarks tell: a busy machine can be ten times slower than a quiet one.
      testTimeout: 30_000,
      hookTimeout: 60_000,
    },
  });
}
