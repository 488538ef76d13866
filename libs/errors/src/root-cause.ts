/** Deeper than anything that is thrown; a chain may also lead back to itself. */
const deepest = 8;

/**
 * What is at the bottom of a chain of causes: `fetch failed` alone tells nobody that the connection was refused. Of several
 * errors, one for each address of a host name, it is the first.
 */
export function rootCause(thrown: unknown): unknown {
  let found = thrown;
  for (let depth = 0; depth < deepest; depth += 1) {
    const below: unknown = found instanceof AggregateError ? found.errors[0] : causeOf(found);
    if (below === undefined || below === null) return found;
    found = below;
  }
  return found;
}

function causeOf(thrown: unknown): unknown {
  return thrown instanceof Error ? thrown.cause : undefined;
}
