import { pointerTo } from './json-pointer.ts';

/** A rule, the place where it matters, and a sentence about it. */
export interface Finding {
  readonly path: string;
  readonly rule: string;
  readonly message: string;
}

type Members = Readonly<Record<string, unknown>>;

/** Keywords that may allow members of their own: what they say together is for the validator alone to know. */
const combining = [
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  'not',
  '$ref',
  '$dynamicRef',
  'dependentSchemas',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
];

/**
 * What a schema allows but a person may not want: members that it does not name although it names others (a slip of the
 * pen, often), and members that it calls deprecated. Follows `properties`, `items` and `prefixItems`.
 *
 * @param most stop after so many
 */
export function findWarnings(schema: unknown, data: unknown, most: number): readonly Finding[] {
  if (isMembers(schema) && Object.keys(schema).every((keyword) => annotations.has(keyword))) {
    return [{ path: '', rule: 'schema', message: 'The rules say nothing, so that any data are valid.' }];
  }
  const found: Finding[] = [];
  look(schema, data, '', (finding) => {
    if (found.length < most) found.push(finding);
  });
  return found;
}

const annotations: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  '$comment',
  '$defs',
  'definitions',
  'title',
  'description',
  'default',
  'examples',
]);

type Tell = (finding: Finding) => void;

function look(schema: unknown, data: unknown, path: string, tell: Tell): void {
  if (!isMembers(schema)) return;
  if (schema['deprecated'] === true) tell({ path, rule: 'deprecated', message: `${told(path)} is deprecated.` });
  if (Array.isArray(data)) lookAtItems(schema, data, path, tell);
  else if (isMembers(data)) lookAtMembers(schema, data, path, tell);
}

function lookAtItems({ items, prefixItems }: Members, data: readonly unknown[], path: string, tell: Tell): void {
  const first: readonly unknown[] = Array.isArray(prefixItems) ? prefixItems : [];
  data.forEach((item, index) => look(index < first.length ? first[index] : items, item, pointerTo(path, index), tell));
}

function lookAtMembers(schema: Members, data: Members, path: string, tell: Tell): void {
  const { properties } = schema;
  if (!isMembers(properties)) return;
  const isOpen = combining.some((keyword) => keyword in schema);
  for (const [name, value] of Object.entries(data)) {
    const place = pointerTo(path, name);
    if (Object.hasOwn(properties, name)) look(properties[name], value, place, tell);
    else if (!isOpen) tell({ path: place, rule: 'properties', message: `${told(place)} is not named by the rules.` });
  }
}

function told(path: string): string {
  return path === '' ? 'The data' : path.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
