// The steps of `npm test`, in order. Those of one stage run side by side: each uses one core.
import { join } from 'node:path';

const bin = (root, path) => join(root, 'node_modules', path);

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} title
 * @property {number} stage
 * @property {string[]} args arguments of node
 * @property {boolean} [counts] its tests are counted one by one; otherwise the step is one check
 */

const vitestOf =
  (root) =>
  (...args) => [
    bin(root, 'vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    `--reporter=${join(root, 'tools/checks/count-reporter.mjs')}`,
    ...args,
  ];

/**
 * The steps of `npm run test:services`: ports and adapters on real servers, then whole systems in distributed mode.
 * @param {string} root folder of the checkout
 * @param {string[]} paths only the tests of these; all when empty
 * @returns {Step[]}
 */
export function servicesSteps(root, paths) {
  const step = (name, title, config, only) => ({
    name,
    title,
    stage: 1,
    counts: true,
    args: vitestOf(root)(...config, ...only),
  });
  const ofSystems = paths.filter((path) => path.includes('system-e2e'));
  const others = paths.filter((path) => !ofSystems.includes(path));
  const systems = join(root, 'apps/system-e2e');
  // Faults take twenty minutes: `npm run test:faults`.
  const withoutFaults = ['--exclude=src/faults/*.services.test.ts'];
  return [
    ...(paths.length === 0 || others.length > 0
      ? [step('services', 'Tests against real services', ['--config=vitest.services.config.ts'], others)]
      : []),
    ...(paths.length === 0 || ofSystems.length > 0
      ? [
          step(
            'distributed',
            'Whole systems in distributed mode',
            [`--root=${systems}`, '--config=vitest.distributed.config.ts'],
            ofSystems.length > 0
              ? ofSystems.map((path) => path.replace(/^.*system-e2e\/?/, '')).filter((path) => path !== '')
              : withoutFaults,
          ),
        ]
      : []),
  ];
}

/** @param {string} root folder of the checkout @returns {Step[]} */
export function allSteps(root) {
  return [...sourceChecks(root), ...testRuns(root)];
}

/** What is judged without running anything. @param {string} root @returns {Step[]} */
function sourceChecks(root) {
  const check = (name, title, stage, ...args) => ({ name, title, stage, args });
  return [
    check('sync', 'TypeScript references match the project graph', 1, bin(root, 'nx/dist/bin/nx.js'), 'sync:check'),
    check('lint', 'House rules and module boundaries', 2, bin(root, 'eslint/bin/eslint.js'), '.'),
    check('format', 'Formatting', 2, bin(root, '@biomejs/biome/bin/biome'), 'format', '.'),
    check('unused', 'Files and exports that nobody uses', 2, bin(root, 'knip/bin/knip.js'), '--no-config-hints'),
    check('types', 'Types', 2, bin(root, 'typescript/bin/tsc'), '-b'),
    check('generate', 'Generated files are up to date', 2, source, 'tools/generate/main.ts', '--check'),
  ];
}

const source = '--conditions=@procos/source';

/** @param {string} root @returns {Step[]} */
function testRuns(root) {
  const vitest = vitestOf(root);
  const run = (name, title, stage, option) => ({ name, title, stage, counts: true, args: vitest(option) });
  return [
    run('unit', 'Unit and contract tests', 3, '--project=!system-e2e'),
    run('engine', 'Tests against a real engine', 4, '--config=vitest.engine.config.ts'),
    run('e2e', 'The whole system, end to end', 5, '--project=system-e2e'),
  ];
}
