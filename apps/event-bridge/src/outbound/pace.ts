/** How long to wait until the next reading. */
export interface Pace {
  /**
   * @param happened whether the last reading has found anything
   * @param tookMs how long it took, in milliseconds
   * @returns milliseconds
   */
  after(happened: boolean, tookMs: number): number;
}

/** Readings without anything new before the pauses grow. */
const patience = 8;
const longest = 4;

/** A reading takes time of the engine, and the more the busier it is: it is left alone for so many times as long, so that events never cost it more than a fifth. */
const restPerReading = 4;
/** Readings that say how long one takes now: the middle one of them. A single one that also counted, or that waited for a broker that was away, says nothing of the next. */
const readingsMeant = 5;

/**
 * One reading begins an interval after the one before while things happen; up to four intervals when nothing does, or when
 * readings take long.
 */
export function createPace(pollMs: number): Pace {
  let quiet = 0;
  const recent: number[] = [];
  return {
    after: (happened, tookMs) => {
      recent.push(tookMs);
      if (recent.length > readingsMeant) recent.shift();
      const usualMs = recent.toSorted((a, b) => a - b)[Math.floor(recent.length / 2)] ?? tookMs;
      quiet = happened ? 0 : quiet + 1;
      const interval = quiet < patience ? pollMs : pollMs * Math.min(longest, 1 + (quiet - patience) / 4);
      return Math.max(interval - tookMs, Math.min(restPerReading * usualMs, longest * pollMs));
    },
  };
}
