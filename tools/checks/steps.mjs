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
  const vitest = vitestOf(root);
  return [
    {
      name: 'sync',
      title: 'TypeScript references match the project graph',
      stage: 1,
      args: [bin(root, 'nx/dist/bin/nx.js'), 'sync:check'],
    },
    {
      name: 'lint',
      title: 'House rules and module boundaries',
      stage: 2,
      args: [bin(root, 'eslint/bin/eslint.js'), '.'],
    },
    { name: 'format', title: 'Formatting', stage: 2, args: [bin(root, '@biomejs/biome/bin/biome'), 'format', '.'] },
    { name: 'types', title: 'Types', stage: 2, args: [bin(root, 'typescript/bin/tsc'), '-b'] },
    {
      name: 'generate',
      title: 'Generated files are up to date',
      stage: 2,
      args: ['--conditions=@procos/source', 'tools/generate/main.ts', '--check'],
    },
    { name: 'unit', title: 'Unit and contract tests', stage: 3, counts: true, args: vitest('--project=!system-e2e') },
    {
      name: 'engine',
      title: 'Tests against a real engine',
      stage: 4,
      counts: true,
      args: vitest('--config=vitest.engine.config.ts'),
    },
    {
      name: 'e2e',
      title: 'The whole system, end to end',
      stage: 5,
      counts: true,
      args: vitest('--project=system-e2e'),
    },
  ];
}
