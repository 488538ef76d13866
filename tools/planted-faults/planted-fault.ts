/** A fault that a person could make in one line, and the test that must see it. */
export interface PlantedFault {
  readonly what: string;
  /** Path in the repository. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly right: string;
  readonly wrong: string;
  /** Test files, all of them part of `npm test`. */
  readonly tests: readonly string[];
}
