import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import js from '@eslint/js';
import { procosRules } from './tools/lint-rules/index.ts';

// What only tests use lies in a folder `testing`.
const TESTS = [
  '**/*.test.ts',
  '**/*.bench.ts',
  '**/src/testing/**/*.ts',
  'libs/testing/src/contracts/**/*.ts',
  'apps/system-e2e/**/*.ts',
];
const CONFIG_FILES = ['**/*.config.ts', '**/*.config.mjs'];

/** What foreign programs say in words alone: one file for each, and nothing else reads a sentence. */
const SENTENCES = [
  'apps/ai-worker/src/providers/provider-sentences.ts',
  'apps/generic-worker/src/transform/inside/runtime-sentences.ts',
  'apps/system-worker/src/components/worker-sentences.ts',
  'libs/engine-client/src/database-sentences.ts',
  'libs/engine-client/src/engine-sentences.ts',
  'libs/event-bus/src/rabbitmq/broker-sentences.ts',
  'libs/process-model/src/moddle-sentences.ts',
];

/** Which kinds of project a kind may import: design rule of the whole repository, explained in AGENTS.md. */
const MAY_USE = {
  'type:util': ['type:util'],
  'type:contract': ['type:util'],
  'type:client': ['type:contract', 'type:util'],
  'type:platform': ['type:platform', 'type:client', 'type:contract', 'type:util'],
  'type:app': ['type:platform', 'type:client', 'type:contract', 'type:util'],
  'type:host': ['type:app', 'type:platform', 'type:client', 'type:contract', 'type:util'],
  'type:process': ['type:client', 'type:contract', 'type:util'],
  'type:e2e': ['type:client', 'type:contract', 'type:util'],
  'type:tool': ['type:client', 'type:contract', 'type:util'],
  'type:testing': ['*'],
};

/**
 * The rule reads the project graph that Nx keeps in .nx, and says nothing without one: `npm run lint` brings it up to date
 * first. (Not from here: Nx loads this file while it makes the graph.)
 * @param {{tests: boolean}} where only tests may use @procos/testing */
function boundaries({ tests }) {
  const depConstraints = Object.entries(MAY_USE).map(([sourceTag, tags]) => ({
    sourceTag,
    onlyDependOnLibsWithTags: tests ? [...tags, 'type:testing'] : tags,
  }));
  // What the test settings of every project are made from lies beside the projects.
  return ['error', { depConstraints, enforceBuildableLibDependency: false, allow: ['/vitest\\.project\\.ts$'] }];
}

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/out-tsc/**',
      '**/target/**',
      '**/generated/**',
      '**/coverage/**',
      '.nx/**',
      '.procos/**',
      'tools/templates/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    plugins: { '@nx': nx, procos: procosRules },
    rules: {
      'no-console': 'error',
      'no-undef': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-var': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 200, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'procos/file-name': 'error',
      'procos/file-size-limit': ['error', { max: 400 }],
      'procos/no-default-export': 'error',
      'procos/no-engine-path': 'error',
      'procos/no-process-env': 'error',
      'procos/patient-wait': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    // One program for the whole repository: each type is worked out once, which takes a third of the time of one per project.
    languageOptions: { parserOptions: { project: ['./tsconfig.lint.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': boundaries({ tests: false }),
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
      ],
      '@typescript-eslint/only-throw-error': 'error',
      // Ports and handlers are asynchronous by contract, whether or not one of them waits for something.
      '@typescript-eslint/require-await': 'off',
      // Interfaces here are made by functions that return closures: there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // A reference by path is how a source file brings the types of an untyped package along.
      '@typescript-eslint/triple-slash-reference': ['error', { path: 'always', types: 'never', lib: 'never' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: [
      '**/src/main.ts',
      '**/src/config.ts',
      'apps/cli/**',
      'apps/system-e2e/**',
      'tools/**',
      'examples/**',
      'infra/images/**',
      // Starts programs of this machine, before there is a configuration or beside it.
      'libs/engine-build/**',
      'libs/local-servers/**',
      'libs/testing/**',
      ...TESTS,
      ...CONFIG_FILES,
    ],
    rules: { 'procos/no-process-env': 'off' },
  },
  {
    files: ['apps/cli/**', 'libs/engine-build/src/build-engine.mjs', 'libs/local-servers/src/main.ts', 'tools/**'],
    rules: { 'no-console': 'off' },
  },
  // The files of a process bear its key, whose spelling the engine and the models share.
  { files: ['processes/*/*/**'], rules: { 'procos/file-name': 'off' } },
  // A default export is what Vitest asks of a global set-up and of a reporter, and what an untyped package may have.
  {
    files: [...CONFIG_FILES, '**/*.d.ts', '**/{engine,services}-setup.ts', '**/*-reporter.mjs'],
    rules: { 'procos/no-default-export': 'off' },
  },
  {
    // The engine's own vocabulary: its client, its training run, the worker runtime, the doubles of both, and tests that look behind the scenes.
    files: [
      'libs/engine-build/**',
      'libs/engine-client/**',
      'libs/task-worker/**',
      'libs/testing/**',
      'tools/**',
      '**/*.engine.test.ts',
      '**/src/testing/**',
      'apps/system-e2e/**',
    ],
    rules: { 'procos/no-engine-path': 'off' },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: [...TESTS, ...SENTENCES, 'libs/testing/**'],
    rules: { 'procos/no-message-reading': 'error' },
  },
  {
    files: TESTS,
    rules: {
      '@nx/enforce-module-boundaries': boundaries({ tests: true }),
      // Files share a process: such a double would also stand in the way of those that come after, or come too late.
      'no-restricted-properties': [
        'error',
        {
          object: 'vi',
          property: 'mock',
          message: 'Hand the double in, or use vi.doMock with vi.resetModules before and after.',
        },
      ],
      // A row of sentences reads well when it is long; 400 lines are the end here too.
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      'no-console': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
);
