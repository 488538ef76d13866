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
  return {
    projects: all.filter(({ name }) => affected.includes(name)),
    generators,
    leftOut: leftOut(
      all.filter(({ name }) => !affected.includes(name)),
      generators,
    ),
  };
}

/** @param {readonly import('./affected.mjs').Project[]} untouched @param {boolean} generators @returns {string[]} */
function leftOut(untouched, generators) {
  return [
    ...(untouched.length > 0
      ? [`projects that the change does not touch: ${untouched.map(({ name }) => name).join(', ')}`]
      : []),
    ...(generators ? [] : ['the generators']),
    'the end-to-end tests but one file',
  ];
}
