import type { ErrorObject } from 'ajv';
import { toFault } from '@procos/contracts';

/** One broken rule, for a person. */
export interface ToldError {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

type Params = Readonly<Record<string, unknown>>;

const sentenceParts: Readonly<Record<string, (params: Params) => string>> = {
  required: () => 'is required',
  type: ({ type }) => `must be ${typeNames(type)}`,
  minLength: ({ limit }) => (limit === 1 ? 'must not be empty' : `must have at least ${String(limit)} characters`),
  maxLength: ({ limit }) => `must have at most ${count(limit, 'character')}`,
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
  enum: ({ allowedValues }) => `must be one of ${(allowedValues as readonly unknown[]).map((value) => JSON.stringify(value)).join(', ')}`,
  const: ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`,
  pattern: ({ pattern }) => `must match the pattern ${String(pattern)}`,
  format: ({ format }) => `must be ${formatNames[String(format)] ?? `of the format ${String(format)}`}`,
  additionalProperties: () => 'is not known here',
  unevaluatedProperties: () => 'is not known here',
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

function typeNames(type: unknown): string {
  return [type].flat().map((name) => namesOfTypes[String(name)] ?? String(name)).join(' or ');
}

function count(limit: unknown, noun: string): string {
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${String(limit)} ${limit === 1 ? noun : plural}`;
}

/** Tells one finding of the validator as a field, a rule and a sentence. The sentence holds rules, never the value itself. */
export function tellError(error: ErrorObject): ToldError {
  const fault = toFault(error);
  const params = error.params as Params;
  const unevaluated = params['unevaluatedProperty'];
  const field = typeof unevaluated === 'string' ? [fault.path, unevaluated].filter((part) => part !== '').join('.') : fault.path;
  const part = sentenceParts[error.keyword]?.(params) ?? fault.message;
  return { field, rule: error.keyword, message: `${field === '' ? 'The data' : field} ${part}.` };
}
