import type { Static, TObject } from 'typebox';
import type { Check } from './validation.ts';

/** A number as JSON writes it, and nothing beside it. */
const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;

/** A check for which the text of a number is a number, where a member of the schema is one and nothing else. */
export function withNumbers<Schema extends TObject>(schema: Schema, check: Check<Static<Schema>>): Check<Static<Schema>> {
  const numeric = new Set(Object.entries(schema.properties).flatMap(([name, property]) => (isNumber(property) ? [name] : [])));
  return (value) => {
    if (numeric.size === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return check(value);
    return check(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, numeric.has(name) ? asNumber(member) : (member as unknown)])));
  };
}

function isNumber(property: object): boolean {
  return 'type' in property && (property.type === 'number' || property.type === 'integer');
}

function asNumber(value: unknown): unknown {
  if (typeof value !== 'string' || !numberText.test(value)) return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}
