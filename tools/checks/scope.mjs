// What `npm test` runs: everything, or what a change since the last green run touches.
import { affectedBy, changedSinceGreen, projectsOf } from './affected.mjs';

/**
 * @param {string} root folder of the checkout
 * @param {string} tree the files as they are now
 * @returns {import('./steps.mjs').Scope | undefined} undefined: everything
 */
export function scopeOf(root, tree) {
  const changed = changedSinceGreen(root, tree);
  if (changed === undefined) return undefined;
  const all = projectsOf(root);
  const affected = affectedBy(changed, all);
  if (affected === undefined) return undefined;
  const generators = changed.some((file) => file.startsWith('tools/'));
  const lintRules = changed.some((file) => file.startsWith('tools/lint-rules/'));
  const engineOfTools = affectsEngineTestsOfTools(changed, affected);
  return {
    projects: all.filter(({ name }) => affected.includes(name)),
    generators,
    lintRules,
    engineOfTools,
    leftOut: leftOut(
      all.filter(({ name }) => !affected.includes(name)),
      { generators, engineOfTools },
    ),
  };
}

/** What the tests in `tools` that need an engine import, and whose models they put before it: a test holds it to that. */
export const readByEngineTestsOfTools = ['engine-build', 'engine-client', 'process-model', 'processes', 'testing'];

/** @param {readonly string[]} changed files @param {readonly string[]} affected projects @returns {boolean} */
export const affectsEngineTestsOfTools = (changed, affected) =>
  changed.some((file) => file.startsWith('tools/')) || affected.some((name) => readByEngineTestsOfTools.includes(name));

/**
 * @param {readonly import('./affected.mjs').Project[]} untouched
 * @param {{generators: boolean, engineOfTools: boolean}} isRun
 * @returns {string[]}
 */
function leftOut(untouched, { generators, engineOfTools }) {
  return [
    ...(untouched.length > 0
      ? [`projects that the change does not touch: ${untouched.map(({ name }) => name).join(', ')}`]
      : []),
    ...(generators ? [] : ['the generators']),
    ...(engineOfTools ? [] : ['the tests in tools that need an engine']),
    'the end-to-end tests but one file',
  ];
}
