/** A repeatable stream of numbers in [0, 1). Source: mulberry32, public domain. */
export function seededRandom(seed: number): () => number {
  let state = (seed + 0x9e3779b9) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The values in an order that the seed decides. */
export function shuffled<Value>(values: readonly Value[], seed: number): Value[] {
  const next = seededRandom(seed);
  return values
    .map((value) => ({ value, rank: next() }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ value }) => value);
}
