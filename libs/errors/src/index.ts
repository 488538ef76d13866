/**
 * For people who build on ProcOS: what changes here changes for them.
 *
 * @packageDocumentation
 * @public
 */
export { ProcosError, isProcosError, messageOf } from './procos-error.ts';
export type { ErrorData, ProcosErrorFields } from './procos-error.ts';
export { defineErrors } from './catalogue.ts';
export type { ErrorCatalogue, ErrorEntry } from './catalogue.ts';
export { BpmnError, RetryableError, TerminalError } from './outcomes.ts';
export type { FailureOptions, RetryableOptions } from './outcomes.ts';
export { mayErrorPass, readFailureDetails, writeFailureDetails } from './failure-details.ts';
export type { FailureDetails } from './failure-details.ts';
export { fromWireError, toWireError } from './wire.ts';
export type { NamedOperation, WireError } from './wire.ts';
export { isTransientStatus } from './transient-status.ts';
export { longestRetryAfterMs, retryAfterMs } from './retry-after.ts';
export { rootCause } from './root-cause.ts';
export { growingWait } from './growing-wait.ts';
export { nearestWord } from './nearest-word.ts';
