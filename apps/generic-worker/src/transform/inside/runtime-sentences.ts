/**
 * What V8 says in words alone, seen in V8 14 (Node 26): its errors have a class, but no code. Nothing else of this worker
 * reads such a sentence; a test provokes each.
 */
const sentences = {
  stackExceeded: /call stack/,
  noBigInt: /BigInt/,
  position: /position (\d+)/,
} as const;

/** Whether functions have called each other too deeply; another `RangeError` is about a size. */
export function isStackExceeded(thrown: RangeError): boolean {
  return sentences.stackExceeded.test(thrown.message);
}

/** Whether an operation or a function met a `bigint` that it does not take. */
export function isAboutBigInt(thrown: unknown): boolean {
  return thrown instanceof TypeError && sentences.noBigInt.test(thrown.message);
}

/** Where a text is no JSON any more, from 0; `undefined` when nothing is said, as at the end of a text. */
export function jsonPosition(thrown: unknown): number | undefined {
  const [, position] = sentences.position.exec(thrown instanceof SyntaxError ? thrown.message : '') ?? [];
  return position === undefined ? undefined : Number(position);
}
