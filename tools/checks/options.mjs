// The command line of `npm test`.

/** Thrown for a command line that cannot be understood. */
export class UsageError extends Error {
  /** @override */
  name = 'UsageError';
}

/**
 * @typedef {object} Options
 * @property {boolean} help
 * @property {string[]} only names of steps; all when empty
 * @property {boolean} all everything, whatever passed before
 * @property {boolean} profile prints what took longest; a step over its budget has failed
 */

/**
 * @param {readonly string[]} words
 * @param {readonly import('./steps.mjs').Step[]} steps
 * @returns {Options}
 * @throws {UsageError}
 */
export function readOptions(words, steps) {
  const options = { help: false, only: /** @type {string[]} */ ([]), all: false, profile: false };
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--help' || word === '-h') options.help = true;
    else if (word === '--all') options.all = true;
    else if (word === '--profile') options.profile = true;
    else if (word === '--only') options.only.push(...(left.shift() ?? '').split(','));
    else if (word.startsWith('--only=')) options.only.push(...word.slice('--only='.length).split(','));
    else throw new UsageError(`Unknown option ${word}.\n${usage(steps)}`);
  }
  const unknown = options.only.find((name) => !steps.some((step) => step.name === name));
  if (unknown !== undefined) throw new UsageError(`There is no step '${unknown}'.\n${usage(steps)}`);
  return options;
}

/** @param {readonly import('./steps.mjs').Step[]} steps @returns {string} */
export function usage(steps) {
  return [
    'Usage: npm test [-- [--all] [--profile] [--only <step>[,<step>…]]]',
    'Runs every check of the repository and ends with one line of counts. After a run in which everything passed,',
    'only what has changed since is run, with all that uses it, and one end-to-end test.',
    '  --all      everything, as in continuous integration (CI=true)',
    '  --profile  prints the 20 slowest test files and each step against its budget; a step over its budget has failed',
    '  --only     these steps:',
    ...steps.map(({ name, title }) => `    ${name.padEnd(9)} ${title}`),
    '',
  ].join('\n');
}
