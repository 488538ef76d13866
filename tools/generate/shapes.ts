import type { Shape } from '@procos/api-client';

/** What a shape is made from: schemas that hold others. Whatever else limits a value is for the side that answers. */
interface Schema {
  readonly $ref?: string;
  readonly type?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
}

/** As much of a schema as a type in TypeScript says of a value: no lengths, no patterns, and what is unknown may be there. */
export function shapeOf(schema: object): Shape {
  const {
    $ref,
    type,
    const: only,
    enum: words,
    anyOf,
    items,
    required,
    properties,
    patternProperties,
  } = schema as Schema;
  if ($ref !== undefined) return { ref: $ref.slice($ref.lastIndexOf('/') + 1) };
  const [values] = Object.values(patternProperties ?? {});
  return {
    ...(typeof type === 'string' ? { type } : {}),
    ...(only === undefined ? {} : { words: [only] }),
    ...(words === undefined ? {} : { words }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(shapeOf) }),
    ...(items === undefined ? {} : { items: shapeOf(items) }),
    ...(required === undefined ? {} : { required }),
    ...(properties === undefined ? {} : { properties: mapped(properties) }),
    ...(values === undefined || Object.keys(values).length === 0 ? {} : { values: shapeOf(values) }),
  };
}

function mapped(schemas: Readonly<Record<string, Schema>>): Readonly<Record<string, Shape>> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, shapeOf(schema)]));
}
