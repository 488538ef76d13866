import type { Static, TObject } from 'typebox';
import type { Check } from './validation.ts';

/** A number as JSON writes it, and nothing beside it. */
const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;

/**
 * A check for which the text of a number is a number, and `true` and `false` as text are what they say, where a member of the
 * schema is of that kind and nothing else.
 */
export function withNumbers<Schema extends TObject>(
  schema: Schema,
  check: Check<Static<Schema>>,
): Check<Static<Schema>> {
  const members = Object.entries(schema.properties);
  const numeric = new Set(members.flatMap(([name, property]) => (isNumber(property) ? [name] : [])));
  const logical = new Set(members.flatMap(([name, property]) => (isBoolean(property) ? [name] : [])));
  const read = (name: string, value: unknown): unknown =>
    numeric.has(name) ? asNumber(value) : logical.has(name) ? asBoolean(value) : value;
  return (value) => {
    if (numeric.size + logical.size === 0 || typeof value !== 'object' || value === null || Array.isArray(value))
      return check(value);
    return check(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, read(name, member)])));
  };
}

function isNumber(property: object): boolean {
  return 'type' in property && (property.type === 'number' || property.type === 'integer');
}

function isBoolean(property: object): boolean {
  return 'type' in property && property.type === 'boolean';
}

function asBoolean(value: unknown): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}

function asNumber(value: unknown): unknown {
  if (typeof value !== 'string' || !numberText.test(value)) return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}
