import { TerminalError } from '@procos/errors';
import { hasLongIntegers } from './long-integers.ts';

const longestPattern = 500;
const keywordsOfMaps = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'dependencies',
]);
const keywordsOfValues = new Set(['const', 'enum', 'default', 'examples']);

/** Where in which parameter of the task. */
interface Place {
  readonly parameter: string;
  readonly path: string;
}

/**
 * Refuses what a schema from outside may not do: reach beyond itself, hand out promises, or use patterns that are too long.
 *
 * @throws TerminalError naming the place
 */
export function checkSchema(schema: unknown, parameter: string, path = '#'): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [keyword, value] of Object.entries(schema)) {
    const place = `${path}/${keyword}`;
    checkKeyword(keyword, value, { parameter, path: place });
    if (keywordsOfValues.has(keyword)) {
      if (hasLongIntegers(value))
        throw refused(
          { parameter, path: place },
          `holds a whole number beyond ±${Number.MAX_SAFE_INTEGER}, which cannot be compared exactly: compare it as text`,
        );
      continue;
    }
    if (keywordsOfMaps.has(keyword)) checkMembers(keyword, value, { parameter, path: place });
    else if (Array.isArray(value)) value.forEach((item, index) => checkSchema(item, parameter, `${place}/${index}`));
    else checkSchema(value, parameter, place);
  }
}

function checkMembers(keyword: string, members: unknown, { parameter, path }: Place): void {
  if (typeof members !== 'object' || members === null) return;
  for (const [name, schema] of Object.entries(members)) {
    if (keyword === 'patternProperties') checkPattern(name, { parameter, path: `${path}/${name}` });
    checkSchema(schema, parameter, `${path}/${name}`);
  }
}

function checkKeyword(keyword: string, value: unknown, place: Place): void {
  if (
    (keyword === '$ref' || keyword === '$dynamicRef' || keyword === '$recursiveRef') &&
    !(typeof value === 'string' && value.startsWith('#'))
  ) {
    throw refused(place, 'may only refer to a part of the schema itself, starting with #');
  }
  if (keyword === '$async') throw refused(place, 'is no keyword of JSON Schema');
  if (keyword === 'pattern') checkPattern(value, place);
}

function checkPattern(pattern: unknown, place: Place): void {
  if (typeof pattern === 'string' && pattern.length > longestPattern) {
    throw refused(place, `is longer than ${longestPattern} characters`);
  }
}

function refused({ parameter, path }: Place, reason: string): TerminalError {
  return new TerminalError(`The ${parameter} cannot be used: ${path} ${reason}.`);
}
