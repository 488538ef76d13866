/**
 * For this repository alone.
 *
 * @packageDocumentation
 * @internal
 */
export { createFailureFinder } from './failure-finder.ts';
export type { FailureFinder } from './failure-finder.ts';
export { errorModel, noModel } from './error-model.ts';
export type { ErrorModel } from './error-model.ts';
export { errorOutcomes } from './error-outcomes.ts';
export type { ErrorOutcomes, OutcomeError, OutcomeRow, ReadRows } from './error-outcomes.ts';
