import type { Step } from './steps.mjs';

export interface Counts {
  passed: number;
  /** Name of each failed test. */
  failed: string[];
  skipped: { name: string; reason: string }[];
}

export interface StepResult extends Counts {
  ms: number;
  output: string;
}

export function runStep(step: Step, options: { live: boolean }): Promise<StepResult>;

/**
 * A step that ended badly has failed, whatever it counted; so has one in which nothing ran, or something was left out silently.
 * What cannot run on this machine, and says so, is no failure.
 *
 * @param code exit code of the step
 */
export function judge(step: Pick<Step, 'title'>, code: number, counts: Counts): Counts;
