/** Rules whose time does not follow from the size of schema and data alone: expressions, comparisons of all with all, loops. */
const slowRules = /"(?:pattern|patternProperties|format|uniqueItems|\$ref|\$dynamicRef|\$recursiveRef)":/;
const longestSchema = 4_000;
const mostWork = 20_000_000;

/**
 * Whether checking is a matter of a few milliseconds whatever the schema and the data are: each part of the schema meets
 * each part of the data at most once.
 */
export function isQuick(schema: unknown, data: unknown): boolean {
  const rules = JSON.stringify(schema);
  return (
    rules.length <= longestSchema &&
    !slowRules.test(rules) &&
    rules.length * (JSON.stringify(data) ?? '').length <= mostWork
  );
}
