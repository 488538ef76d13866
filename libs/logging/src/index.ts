/**
 * For people who build on ProcOS: what changes here changes for them.
 *
 * @packageDocumentation
 * @public
 */
export { createLogger, logLevels, silentLogger } from './logger.ts';
export type { LogFields, Logger, LoggerOptions, LogLevel } from './logger.ts';
export { openKeptFile } from './kept-file.ts';
export type { KeptFile, KeptFileOptions } from './kept-file.ts';
export { redact, registerSecret } from './redaction.ts';
