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

const vitestOf = (root) => (...args) => [
  bin(root, 'vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  `--reporter=${join(root, 'tools/checks/count-reporter.mjs')}`,
  ...args,
];

/**
 * The step of `npm run test:services`.
 * @param {string} root folder of the checkout
 * @param {string[]} paths only the tests of these; all when empty
 * @returns {Step}
 */
export function servicesStep(root, paths) {
  const args = vitestOf(root)('--config=vitest.services.config.ts', ...paths);
  return { name: 'services', title: 'Tests against real services', stage: 1, counts: true, args };
}

/** @param {string} root folder of the checkout @returns {Step[]} */
export function allSteps(root) {
  const vitest = vitestOf(root);
  return [
    { name: 'sync', title: 'TypeScript references match the project graph', stage: 1, args: [bin(root, 'nx/dist/bin/nx.js'), 'sync:check'] },
    { name: 'lint', title: 'House rules and module boundaries', stage: 2, args: [bin(root, 'eslint/bin/eslint.js'), '.'] },
    { name: 'types', title: 'Types', stage: 2, args: [bin(root, 'typescript/bin/tsc'), '-b'] },
    { name: 'generate', title: 'Generated files are up to date', stage: 2, args: ['--conditions=@procos/source', 'tools/generate/main.ts', '--check'] },
    { name: 'unit', title: 'Unit and contract tests', stage: 3, counts: true, args: vitest('--project=!system-e2e') },
    { name: 'engine', title: 'Tests against a real engine', stage: 4, counts: true, args: vitest('--config=vitest.engine.config.ts') },
    { name: 'e2e', title: 'The whole system, end to end', stage: 5, counts: true, args: vitest('--project=system-e2e') },
  ];
}
