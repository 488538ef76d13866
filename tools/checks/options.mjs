// The command line of `npm test`.

/** Thrown for a command line that cannot be understood. */
export class UsageError extends Error {
  name = 'UsageError';
}

/**
 * @param {string[]} words @param {import('./steps.mjs').Step[]} steps
 * @throws {UsageError}
 */
export function readOptions(words, steps) {
  const options = { help: false, only: [] };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === '--help' || word === '-h') options.help = true;
    else if (word === '--only') options.only.push(...(words[++index] ?? '').split(','));
    else if (word.startsWith('--only=')) options.only.push(...word.slice('--only='.length).split(','));
    else throw new UsageError(`Unknown option ${word}.\n${usage(steps)}`);
  }
  const unknown = options.only.find((name) => !steps.some((step) => step.name === name));
  if (unknown !== undefined) throw new UsageError(`There is no step '${unknown}'.\n${usage(steps)}`);
  return options;
}

/** @param {import('./steps.mjs').Step[]} steps */
export function usage(steps) {
  return [
    'Usage: npm test [-- --only <step>[,<step>…]]',
    'Runs every check of the repository and ends with one line of counts. The steps:',
    ...steps.map(({ name, title }) => `  ${name.padEnd(9)} ${title}`),
    '',
  ].join('\n');
}
