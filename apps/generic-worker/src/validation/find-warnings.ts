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

type Report = (finding: Finding) => void;

function look(schema: unknown, data: unknown, path: string, report: Report): void {
  if (!isMembers(schema)) return;
  if (schema['deprecated'] === true) report({ path, rule: 'deprecated', message: `${placeText(path)} is deprecated.` });
  if (Array.isArray(data)) lookAtItems(schema, data, path, report);
  else if (isMembers(data)) lookAtMembers(schema, data, path, report);
}

function lookAtItems({ items, prefixItems }: Members, data: readonly unknown[], path: string, report: Report): void {
  const first: readonly unknown[] = Array.isArray(prefixItems) ? prefixItems : [];
  data.forEach((item, index) =>
    look(index < first.length ? first[index] : items, item, pointerTo(path, index), report),
  );
}

function lookAtMembers(schema: Members, data: Members, path: string, report: Report): void {
  const { properties } = schema;
  if (!isMembers(properties)) return;
  const isOpen = combining.some((keyword) => keyword in schema);
  for (const [name, value] of Object.entries(data)) {
    const place = pointerTo(path, name);
    if (Object.hasOwn(properties, name)) look(properties[name], value, place, report);
    else if (!isOpen)
      report({ path: place, rule: 'properties', message: `${placeText(place)} is not named by the rules.` });
  }
}

function placeText(path: string): string {
  return path === '' ? 'The data' : path.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
