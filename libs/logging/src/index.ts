export { createLogger, logLevels, silentLogger } from './logger.ts';
export type { LogFields, Logger, LoggerOptions, LogLevel } from './logger.ts';
export { redact, registerSecret } from './redaction.ts';
