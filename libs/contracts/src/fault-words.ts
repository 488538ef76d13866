import { nearestWord } from '@procos/errors';
import type { ErrorObject } from 'ajv';

type Params = Readonly<Record<string, unknown>>;

const sentenceParts: Readonly<Record<string, (params: Params) => string>> = {
  required: () => 'is required',
  type: ({ type }) => `must be ${typeNames(type)}`,
  minLength: ({ limit }) => (limit === 1 ? 'must not be empty' : `must have at least ${String(limit)} characters`),
  maxLength: ({ limit }) => `must have at most ${count(limit, 'character')}`,
  maxCodeUnits: () => 'is too long: every letter counts as one, an emoji as two',
  minimum: ({ limit }) => `must be at least ${String(limit)}`,
  maximum: ({ limit }) => `must be at most ${String(limit)}`,
  exclusiveMinimum: ({ limit }) => `must be more than ${String(limit)}`,
  exclusiveMaximum: ({ limit }) => `must be less than ${String(limit)}`,
  multipleOf: ({ multipleOf }) => `must be a multiple of ${String(multipleOf)}`,
  minItems: ({ limit }) => `must have at least ${count(limit, 'entry')}`,
  maxItems: ({ limit }) => `must have at most ${count(limit, 'entry')}`,
  uniqueItems: () => 'must not hold the same entry twice',
  minProperties: ({ limit }) => `must have at least ${count(limit, 'property')}`,
  maxProperties: ({ limit }) => `must have at most ${count(limit, 'property')}`,
  enum: ({ allowedValues }) =>
    `must be one of ${(allowedValues as readonly unknown[]).map((value) => JSON.stringify(value)).join(', ')}`,
  const: ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`,
  pattern: ({ pattern }) => `must match the pattern ${String(pattern)}`,
  format: ({ format }) => `must be ${formatNames[String(format)] ?? `of the format ${String(format)}`}`,
  additionalProperties: () => 'is not known here',
  unevaluatedProperties: () => 'is not known here',
  propertyNames: () => 'holds a name that is not allowed',
  dependentRequired: ({ missingProperty }) => `needs ${String(missingProperty)} beside it`,
  anyOf: () => 'must fit at least one of the allowed forms',
  oneOf: () => 'must fit exactly one of the allowed forms',
  not: () => 'has a form that is not allowed',
  if: () => 'breaks a rule that depends on another value',
  contains: () => 'lacks an entry that is required',
  'false schema': () => 'is not allowed here',
};

const formatNames: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  date: 'a date such as 2026-01-31',
  'date-time': 'a date with time such as 2026-01-31T12:00:00Z',
  time: 'a time such as 12:00:00Z',
  uri: 'a URL',
  uuid: 'a UUID',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  hostname: 'a host name',
};

const namesOfTypes: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'empty',
};

/**
 * What a broken rule of JSON Schema asks, as the end of a sentence: `must be at most 4000`. Where words are to choose from, the
 * nearest one is named; the value itself never is.
 */
export function faultWords({ keyword, params, data, message, parentSchema }: ErrorObject): string {
  const words =
    sentenceParts[keyword]?.(params as Params) ??
    `breaks the rule ${keyword}${message === undefined ? '' : ` (${message})`}`;
  const allowed = (params as Params)['allowedValues'];
  // A pattern says in a comment what it means.
  if (keyword === 'pattern' && typeof parentSchema?.['$comment'] === 'string')
    return `must be ${parentSchema['$comment']}`;
  if (keyword === 'propertyNames') return `${words}${describedNames(parentSchema)}`;
  if (keyword !== 'enum' || typeof data !== 'string' || !Array.isArray(allowed)) return words;
  const nearest = nearestWord(
    data,
    allowed.filter((value) => typeof value === 'string'),
  );
  return nearest === undefined ? words : `${words}; did you mean ${JSON.stringify(nearest)}?`;
}

/** A schema that bounds the names of its members says in words how. */
function describedNames(schema: ErrorObject['parentSchema']): string {
  const { description } =
    (schema as { readonly propertyNames?: { readonly description?: unknown } } | undefined)?.propertyNames ?? {};
  return typeof description === 'string' ? `: ${description}` : '';
}

function typeNames(type: unknown): string {
  return [type]
    .flat()
    .map((name) => namesOfTypes[String(name)] ?? String(name))
    .join(' or ');
}

function count(limit: unknown, noun: string): string {
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${String(limit)} ${limit === 1 ? noun : plural}`;
}

/**
 * The findings of the validator about one value, those of alternatives folded into one: words to choose from as one list, kinds to
 * choose from as one, and of forms to choose from only what is wrong with the one that was meant.
 */
export function foldAlternatives(errors: readonly ErrorObject[]): ErrorObject[] {
  // What is wrong with a name is reported where the name stands.
  const reported = errors.filter(({ propertyName }) => propertyName === undefined);
  const folded = reported.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  // The innermost come first: what they are folded into may itself be one of the alternatives of an outer one.
  return folded.reduce<ErrorObject[]>((left, choice) => foldOne(left, choice), reported);
}

function foldOne(errors: readonly ErrorObject[], choice: ErrorObject): ErrorObject[] {
  const isBranch = (error: ErrorObject): boolean =>
    error !== choice &&
    error.schemaPath.startsWith(`${choice.schemaPath}/`) &&
    error.instancePath.startsWith(choice.instancePath);
  const branches = errors.filter(isBranch);
  const folded = branches.length === 0 ? [choice] : foldedIntoOne(choice, branches);
  return errors.flatMap((error) => (error === choice ? folded : isBranch(error) ? [] : [error]));
}

function foldedIntoOne(choice: ErrorObject, branches: readonly ErrorObject[]): ErrorObject[] {
  const here = branches.filter(({ instancePath }) => instancePath === choice.instancePath);
  const words = here.filter(({ keyword }) => keyword === 'const' || keyword === 'enum');
  const kinds = here.filter(({ keyword }) => keyword === 'type');
  if (words.length > 0 && words.length + kinds.length === branches.length) {
    const allowedValues = words.flatMap(
      ({ params }) =>
        ((params as Params)['allowedValues'] as unknown[] | undefined) ?? [(params as Params)['allowedValue']],
    );
    return [{ ...choice, keyword: 'enum', params: { allowedValues } }];
  }
  if (kinds.length === branches.length)
    return [
      {
        ...choice,
        keyword: 'type',
        params: { type: [...new Set(kinds.flatMap(({ params }) => (params as { type: string | string[] }).type))] },
      },
    ];
  const meant = branches.filter((error) => !kinds.includes(error));
  return meant.length === 0 ? [choice] : [...meant];
}
