/** How long to wait until the next reading. */
export interface Pace {
  /** @param happened whether the last reading has found anything @returns milliseconds */
  after(happened: boolean): number;
}

/** Readings without anything new before the pauses grow. */
const patience = 8;
const longest = 4;

/** Short pauses while things happen; up to four times as long when nothing does. */
export function createPace(pollMs: number): Pace {
  let quiet = 0;
  return {
    after: (happened) => {
      quiet = happened ? 0 : quiet + 1;
      return quiet < patience ? pollMs : pollMs * Math.min(longest, 1 + (quiet - patience) / 4);
    },
  };
}
