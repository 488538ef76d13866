// The steps of `npm test`, in order. Those of one stage run side by side: each uses one core.
import { join } from 'node:path';

/** @param {string} root @param {string} path @returns {string} */
const bin = (root, path) => join(root, 'node_modules', path);

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} title
 * @property {number} stage
 * @property {string[]} args arguments of node
 * @property {number} [budget] seconds that it may take on two cores
 * @property {boolean} [counts] its tests are counted one by one; otherwise the step is one check
 */

/**
 * What a change touches.
 * @typedef {object} Scope
 * @property {readonly import('./affected.mjs').Project[]} projects affected ones
 * @property {readonly string[]} leftOut words for a person: what is not run, though it is part of a full run
 * @property {boolean} generators whether the generators are tried too
 * @property {boolean} engineOfTools whether the tests in `tools` that need an engine are run
 * @property {boolean} lintRules whether a rule of lint has changed: it holds for all files
 */

/** @param {string} root @param {readonly string[]} args @returns {string[]} */
const vitest = (root, args) => [
  bin(root, 'vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  `--reporter=${join(root, 'tools/checks/count-reporter.mjs')}`,
  ...args,
];

/**
 * The steps of `npm run test:services`: ports and adapters on real servers, then whole systems in distributed mode.
 * @param {string} root folder of the checkout
 * @param {readonly string[]} paths only the tests of these; all when empty
 * @returns {Step[]}
 */
export function servicesSteps(root, paths) {
  const ofSystems = paths.filter((path) => path.includes('system-e2e'));
  const others = paths.filter((path) => !ofSystems.includes(path));
  const steps = [];
  if (paths.length === 0 || others.length > 0)
    steps.push(run(root, 'services', '--config=vitest.services.config.ts', ...others));
  if (paths.length === 0 || ofSystems.length > 0) {
    const inProject = ofSystems.map((path) => path.replace(/^.*system-e2e\/?/, '')).filter((path) => path !== '');
    // Faults take fifteen minutes: `npm run test:faults`.
    const only = ofSystems.length > 0 ? inProject : ['--exclude=src/faults/*.services.test.ts'];
    const config = [`--root=${join(root, 'apps/system-e2e')}`, '--config=vitest.distributed.config.ts'];
    steps.push(run(root, 'distributed', ...config, ...only));
  }
  return steps;
}

/**
 * @param {string} root folder of the checkout
 * @param {Scope} [scope] only the tests of these; all by default
 * @returns {Step[]}
 */
export function allSteps(root, scope) {
  return [...sourceChecks(root, linted(scope)), ...(scope === undefined ? testRuns(root) : affectedRuns(root, scope))];
}

/**
 * What lint looks at: what it finds in a file depends on that file and on what it imports.
 * @param {Scope} [scope]
 * @returns {string[]}
 */
const linted = (scope) =>
  scope === undefined || scope.lintRules
    ? ['.']
    : [...scope.projects.map(({ folder }) => folder), 'examples', 'infra', '*.mjs', '*.ts'];

/** What is judged without running anything. @param {string} root @param {readonly string[]} linted @returns {Step[]} */
function sourceChecks(root, linted) {
  /** @type {(name: string, title: string, stage: number, budget: number, ...args: string[]) => Step} */
  const check = (name, title, stage, budget, ...args) => ({ name, title, stage, budget, args });
  return [
    check('sync', 'TypeScript references match the project graph', 1, 15, bin(root, 'nx/dist/bin/nx.js'), 'sync:check'),
    check('lint', 'House rules and module boundaries', 2, 90, bin(root, 'eslint/bin/eslint.js'), ...linted),
    check('format', 'Formatting', 2, 10, bin(root, '@biomejs/biome/bin/biome'), 'format', '.'),
    check('unused', 'Files and exports that nobody uses', 2, 20, bin(root, 'knip/bin/knip.js'), '--no-config-hints'),
    check('copied', 'Code that stands twice', 2, 10, bin(root, 'jscpd/run-jscpd.js')),
    check('types', 'Types', 2, 40, bin(root, 'typescript-native/bin/tsc'), '-b'),
    check('generate', 'Generated files are up to date', 2, 15, source, 'tools/generate/main.ts', '--check'),
  ];
}

const source = '--conditions=@procos/source';
const engineConfig = '--config=vitest.engine.config.ts';

/** @param {string} root @returns {Step[]} */
function testRuns(root) {
  return [
    run(root, 'unit', '--project=!system-e2e'),
    run(root, 'engine', engineConfig),
    run(root, 'e2e', '--project=system-e2e'),
  ];
}

/** @param {string} root @param {Scope} scope @returns {Step[]} */
function affectedRuns(root, { projects, generators, engineOfTools }) {
  const names = projects.map(({ name }) => name).filter((name) => name !== 'system-e2e');
  if (names.length === 0) return [];
  const steps = [
    run(
      root,
      'unit',
      ...names.map((name) => `--project=${name}`),
      ...(generators ? [] : ['--exclude=**/generators.test.ts']),
    ),
    run(
      root,
      'engine',
      engineConfig,
      ...projects.map(({ folder }) => `${folder}/`).filter((folder) => engineOfTools || folder !== 'tools/'),
      'examples/',
    ),
  ];
  const isOfTheSystem = projects.some(({ folder }) => folder.startsWith('apps/'));
  return isOfTheSystem ? [...steps, run(root, 'e2e', '--project=system-e2e', ofARunningSystem)] : steps;
}

/** The one file of the end-to-end tests that goes once through everything. */
const ofARunningSystem = 'src/running-system.e2e.test.ts';

const testSteps = {
  unit: { title: 'Unit and contract tests', stage: 3, budget: 240 },
  engine: { title: 'Tests against a real engine', stage: 4, budget: 180 },
  e2e: { title: 'The whole system, end to end', stage: 5, budget: 240 },
  services: { title: 'Tests against real services', stage: 1, budget: 420 },
  distributed: { title: 'Whole systems in distributed mode', stage: 2, budget: 900 },
};

/** @param {string} root @param {keyof typeof testSteps} name @param {string[]} options @returns {Step} */
const run = (root, name, ...options) => ({ name, ...testSteps[name], counts: true, args: vitest(root, options) });
