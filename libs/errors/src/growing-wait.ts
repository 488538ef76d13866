/** Waits in a row that double from the first to the longest, both in the same unit. */
interface GrowingWait {
  readonly first: number;
  readonly longest: number;
}

/** Beyond it a power of two is infinite, and a first wait of nothing would be no number. */
const mostDoublings = 1_023;

/**
 * How long to wait before something is tried once more: the first wait, doubled with each attempt that failed, up to the
 * longest. Without jitter: who is one of many adds it.
 *
 * @param attempt which of the waits in a row it is, 1 for the first
 * @returns in the unit of `first` and `longest`
 */
export function growingWait({ first, longest }: GrowingWait, attempt: number): number {
  return Math.min(longest, first * 2 ** Math.min(mostDoublings, attempt - 1));
}
