/** What an answer must look like to be of its type: as much of a schema as TypeScript says of a value. */
export interface Shape {
  /** Name of the shape that this one is. */
  readonly ref?: string;
  /** A type in the words of JSON Schema. @default anything */
  readonly type?: string;
  /** The only values there are. */
  readonly words?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  /** Of each entry of a list. */
  readonly items?: Shape;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  /** Of each property that is not among {@link Shape.properties}. */
  readonly values?: Shape;
}

export type Shapes = Readonly<Record<string, Shape>>;

/** How an operation is called, and what it answers. */
export interface Plan {
  readonly method: string;
  /** With `{name}` for each parameter. */
  readonly path: string;
  readonly answer: Shape;
  /** False when the answer is a text. */
  readonly isJson: boolean;
}

/**
 * Where a value is not of a shape, for example `instances.0.id is missing`; `undefined` when it is. What the shape does
 * not name may be there: a newer service says more.
 *
 * @param at where the value stands; '' for a whole answer
 */
export function misfit(value: unknown, shape: Shape, named: Shapes, at = ''): string | undefined {
  const { ref, anyOf, words, type } = shape;
  if (ref !== undefined) return misfit(value, named[ref] ?? {}, named, at);
  if (anyOf !== undefined) {
    const misfits = anyOf.map((one) => misfit(value, one, named, at));
    return misfits.every((one) => one !== undefined) ? misfits[0] : undefined;
  }
  if (words?.includes(value) === false) return `${place(at)} is another word than ${words.join(', ')}`;
  if (type !== undefined && !isOfType[type]?.(value)) return `${place(at)} is no ${type}`;
  if (Array.isArray(value)) return firstOf(value.entries(), () => shape.items, named, at);
  return isObject(value) ? misfitInside(value, shape, named, at) : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function misfitInside(value: Fields, { required = [], properties = {}, values }: Shape, named: Shapes, at: string) {
  const missing = required.find((name) => value[name] === undefined);
  if (missing !== undefined) return `${inside(at, missing)} is missing`;
  return firstOf(
    Object.entries(value),
    (name) => (Object.hasOwn(properties, name) ? properties[name] : values),
    named,
    at,
  );
}

function firstOf<Key extends string | number>(
  entries: Iterable<readonly [Key, unknown]>,
  shapeAt: (key: Key) => Shape | undefined,
  named: Shapes,
  at: string,
): string | undefined {
  for (const [key, value] of entries) {
    const shape = shapeAt(key);
    const found = shape === undefined || value === undefined ? undefined : misfit(value, shape, named, inside(at, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

const place = (at: string) => (at === '' ? 'the answer' : at);
const inside = (at: string, key: string | number) => (at === '' ? String(key) : `${at}.${key}`);

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOfType: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  null: (value) => value === null,
  array: Array.isArray,
  object: isObject,
};
