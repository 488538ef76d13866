/** An answer, and what is told about it. */
export interface ResponseParts {
  readonly response: unknown;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** An answer as text for a person: text as it is, structures as indented `name: value` lines, metadata below a line. */
export function plainText({ response, metadata }: ResponseParts): string {
  const body = lines(response, '').join('\n');
  return metadata === undefined ? body : `${body}\n\n--\n${lines(metadata, '').join('\n')}`;
}

function lines(value: unknown, indent: string): readonly string[] {
  if (isStructure(value)) return members(value).flatMap(([name, inner]) => memberLines(name, inner, indent));
  return [`${indent}${scalar(value).replaceAll('\n', `\n${indent}`)}`];
}

function memberLines(name: string, value: unknown, indent: string): readonly string[] {
  const label = name === '' ? '-' : `${name}:`;
  if (!isStructure(value)) return [`${indent}${label} ${scalar(value).replaceAll('\n', `\n${indent}  `)}`];
  return members(value).length === 0
    ? [`${indent}${label} (none)`]
    : [`${indent}${label}`, ...lines(value, `${indent}  `)];
}

/** True for what has members: objects and lists. */
export function isStructure(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The members of an object, or of a list with empty names. */
export function members(value: object): readonly (readonly [string, unknown])[] {
  return Array.isArray(value) ? value.map((item: unknown) => ['', item] as const) : Object.entries(value);
}

/** A value without members, as text. */
export function scalar(value: unknown): string {
  if (value === null || value === undefined) return '(none)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
