/** As much of JSON Schema as the contracts use. */
export interface JsonSchema {
  readonly type?: unknown;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: unknown;
  readonly format?: string;
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly properties?: object;
}

export interface SchemaProperty {
  readonly name: string;
  readonly property: JsonSchema;
  readonly required: boolean;
}

/** The properties of an object schema, in their order. */
export function propertiesOf(schema: JsonSchema): readonly SchemaProperty[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    property: property as JsonSchema,
    required: schema.required?.includes(name) ?? false,
  }));
}

/** The words of a choice; undefined when the schema is no choice between fixed words. */
export function wordsOf(schema: JsonSchema): readonly string[] | undefined {
  const words = schema.enum ?? schema.anyOf?.map((option) => option.const);
  return words?.every((word) => typeof word === 'string') === true ? words : undefined;
}

/** The type of a value as a person would say it. */
export function typeText(schema: JsonSchema): string {
  const words = wordsOf(schema);
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(', ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeText))].join(' or ');
  if (schema.type === 'array') return `list of ${typeText(schema.items ?? {})}`;
  if (typeof schema.type !== 'string') return 'anything';
  const names: Readonly<Record<string, string>> = {
    string: schema.format ?? 'text',
    integer: 'whole number',
    null: 'nothing',
  };
  return names[schema.type] ?? schema.type;
}

/** A schema as a document of its own. */
export function schemaDocument(title: string, schema: object): string {
  return `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...schema }, null, 2)}\n`;
}
