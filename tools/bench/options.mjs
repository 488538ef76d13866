// The command line of the benches.

/** Thrown for a command line that cannot be understood. */
export class UsageError extends Error {
  /** @override */
  name = 'UsageError';
}

/** @typedef {{name: string | undefined, json: boolean, publish: boolean, help: boolean, runs: number | undefined, only: string[]}} BenchOptions */

/**
 * @param {readonly string[]} words
 * @returns {BenchOptions}
 * @throws {UsageError}
 */
export function readOptions(words) {
  /** @type {BenchOptions} */
  const options = { name: undefined, json: false, publish: false, help: false, runs: undefined, only: [] };
  const rest = words.flatMap((word) =>
    word.startsWith('--') && word.includes('=')
      ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]
      : [word],
  );
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--json') options.json = true;
    else if (word === '--publish') options.publish = true;
    else if (word === '--help' || word === '-h') options.help = true;
    else if (word === '--runs') options.runs = wholeNumber(rest.shift());
    else if (word === '--only') options.only = (rest.shift() ?? '').split(',').filter(Boolean);
    else if (word.startsWith('-')) throw new UsageError(`Unknown option ${word}, see --help.`);
    else if (options.name === undefined) options.name = word;
    else throw new UsageError(`One bench at a time: '${options.name}' or '${word}'?`);
  }
  return options;
}

/** @param {string | undefined} word */
function wholeNumber(word) {
  const value = Number(word);
  if (!Number.isInteger(value) || value < 1)
    throw new UsageError(`--runs must be a whole number of at least 1, not '${word ?? ''}'.`);
  return value;
}

/**
 * The names that look most like the one that does not exist, best first.
 * @param {string} name @param {readonly string[]} known
 */
export function nearestNames(name, known) {
  const near = known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, candidate.length / 2) || candidate.includes(name));
  return near
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/**
 * Letters to insert, remove or replace until one word is the other.
 *
 * @param {string} from
 * @param {string} to
 */
function editDistance(from, to) {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const [left = 0, above = 0, before = 0] = [next[j - 1], row[j], row[j - 1]];
      next.push(Math.min(left + 1, above + 1, before + (from[i - 1] === to[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
