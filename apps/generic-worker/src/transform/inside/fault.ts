/** What went wrong with a step, in words for the person who wrote it. Crosses the border of the process as plain data. */
export interface TransformFault {
  /** `filter`, or `step 2 (filter)`. */
  readonly label: string;
  /** Which part of its configuration or of the data: `condition, character 14`, `line 3`. */
  readonly where: string;
  readonly reason: string;
  /** The text that was given is not what it is said to be: not the fault of who wrote the step. */
  readonly isMalformed: boolean;
}

/** A step cannot be done. The step itself is known to who runs it. */
export class StepError extends Error {
  readonly where: string;

  constructor(where: string, reason: string) {
    super(reason);
    this.name = 'StepError';
    this.where = where;
  }
}

/** A text is no CSV, XML or JSON although it should be. */
export class MalformedError extends StepError {
  constructor(where: string, reason: string) {
    super(where, reason);
    this.name = 'MalformedError';
  }
}
