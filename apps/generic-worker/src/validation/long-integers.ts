/**
 * A copy of a JSON value for a validator that knows doubles only: each `bigint` is a double close to it, two that differ are two
 * doubles. It says truly what kind of value it is, how large about, and which are the same.
 */
export function withDoubles(value: unknown, doubles = new Map<bigint, number>()): unknown {
  if (typeof value === 'bigint') return doubleFor(value, doubles);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => withDoubles(entry, doubles));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withDoubles(member, doubles)]));
}

function doubleFor(value: bigint, doubles: Map<bigint, number>): number {
  const known = doubles.get(value);
  if (known !== undefined) return known;
  const taken = new Set(doubles.values());
  let double = Number(value);
  // On to the next double, or the one after it.
  while (taken.has(double)) double *= 1 + Number.EPSILON;
  doubles.set(value, double);
  return double;
}

/** Puts the long integers of the original back into its copy, to which the validator may have added members. */
export function withLongIntegers(checked: unknown, original: unknown): unknown {
  if (typeof original === 'bigint') return original;
  if (typeof original !== 'object' || original === null || typeof checked !== 'object' || checked === null)
    return checked;
  if (Array.isArray(checked))
    return checked.map((entry: unknown, index) => withLongIntegers(entry, (original as readonly unknown[])[index]));
  return Object.fromEntries(
    Object.entries(checked).map(([name, member]) => [
      name,
      Object.hasOwn(original, name)
        ? withLongIntegers(member, (original as Record<string, unknown>)[name])
        : (member as unknown),
    ]),
  );
}

/** Whether a JSON value holds one. */
export function hasLongIntegers(value: unknown): boolean {
  if (typeof value === 'bigint') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasLongIntegers);
}
