/** How much of a structure is looked at before it is refused. */
export interface JsonBounds {
  /** Levels of nesting. */
  readonly depth: number;
  /** Values altogether. */
  readonly values: number;
  /** Characters of all texts and names together. */
  readonly characters: number;
}

/** The structure is larger than its bounds, or holds what JSON cannot. The message completes "… ". */
export class JsonBoundsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'JsonBoundsError';
  }
}

/**
 * A copy of a JSON value within bounds. Members of any name come through, `__proto__` as an ordinary one.
 *
 * @throws JsonBoundsError naming the bound that is exceeded
 */
export function boundedJson(value: unknown, bounds: JsonBounds): unknown {
  const left = { values: bounds.values, characters: bounds.characters };
  const countText = (text: string): string => {
    left.characters -= text.length;
    if (left.characters < 0) throw new JsonBoundsError(`holds more than ${bounds.characters} characters`);
    return text;
  };
  const copy = (item: unknown, depth: number): unknown => {
    left.values -= 1;
    if (left.values < 0) throw new JsonBoundsError(`holds more than ${bounds.values} values`);
    if (depth > bounds.depth) throw new JsonBoundsError(`is nested more than ${bounds.depth} levels deep`);
    if (typeof item === 'string') return countText(item);
    if (typeof item !== 'object' || item === null) return item;
    if (Array.isArray(item)) return item.map((inner) => copy(inner, depth + 1));
    // Defines the members: assigning one named `__proto__` would change what the object is.
    return Object.fromEntries(Object.entries(item).map(([name, inner]) => [countText(name), copy(inner, depth + 1)]));
  };
  return copy(value, 0);
}
