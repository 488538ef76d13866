export interface Step {
  name: string;
  title: string;
  /** Steps of one stage run side by side. */
  stage: number;
  /** Arguments of node. */
  args: string[];
  /** Its tests are counted one by one; otherwise the step is one check. */
  counts?: boolean;
}

export function allSteps(root: string): Step[];

/**
 * The step of `npm run test:services`.
 *
 * @param paths only the tests of these; all when empty
 */
export function servicesSteps(root: string, paths: readonly string[]): readonly Step[];
