export { ProcosError, isProcosError, messageOf } from './procos-error.ts';
export type { ErrorData, ProcosErrorFields } from './procos-error.ts';
export { defineErrors } from './catalogue.ts';
export type { ErrorCatalogue, ErrorEntry } from './catalogue.ts';
export { BpmnError, RetryableError, TerminalError } from './outcomes.ts';
export type { FailureOptions, RetryableOptions } from './outcomes.ts';
export { fromWireError, toWireError } from './wire.ts';
export type { WireError } from './wire.ts';
export { nearestWord } from './nearest-word.ts';
