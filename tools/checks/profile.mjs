// The tables of `npm test -- --profile`: what took longest, and each step against its budget.

/**
 * @param {readonly {step: {name: string, budget?: number}, result: import('./run-step.mjs').StepResult}[]} done
 * @param {number} [rows] of the slowest test files
 * @returns {string}
 */
export function renderProfile(done, rows = 20) {
  const files = done
    .flatMap(({ step, result }) => result.files.map(({ name, ms }) => ({ step: step.name, name, ms })))
    .toSorted((one, other) => other.ms - one.ms)
    .slice(0, rows);
  return [
    'step        seconds   budget',
    ...done.map(
      ({ step, result }) =>
        `${step.name.padEnd(11)} ${seconds(result.ms)} ${String(step.budget ?? '').padStart(8)}${isOver(step, result) ? '  over' : ''}`,
    ),
    '',
    `the ${files.length} slowest test files`,
    ...files.map(({ step, name, ms }) => `${seconds(ms)}  ${step.padEnd(11)} ${name}`),
    '',
  ].join('\n');
}

/**
 * @param {{budget?: number}} step
 * @param {{ms: number}} result
 * @returns {boolean}
 */
export const isOver = ({ budget }, { ms }) => budget !== undefined && ms > budget * 1000;

/** @param {number} ms @returns {string} */
const seconds = (ms) => (ms / 1000).toFixed(1).padStart(7);
