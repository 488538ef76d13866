import type { Writable } from 'node:stream';
import { createLogger as createWinston, format, type Logger as Winston, transports } from 'winston';
import { redact } from './redaction.ts';

export const logLevels = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * Fields of one log line. Correlation fields keep these names in every service
 * (log schema of the architecture specification, §8): `correlation_id`, `process_instance_id`, `duration_ms`.
 */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one event per line. `event` is a stable name in snake_case, never a sentence. */
export interface Logger {
  error(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  debug(event: string, fields?: LogFields): void;
  /** A logger whose every line carries these fields too. */
  child(fields: LogFields): Logger;
  /** Resolves when every line has been written; a later one is dropped. For the last moment before a process ends. */
  close?(): Promise<void>;
}

export interface LoggerOptions {
  /** The service that speaks, for example `kernel`. */
  readonly component: string;
  /** @default 'info' */
  readonly level?: LogLevel;
  /** Also append to this file. @default none */
  readonly file?: string | undefined;
  /** Least level that reaches the file. @default level */
  readonly fileLevel?: LogLevel;
  /** Write to standard error. @default true */
  readonly stderr?: boolean;
}

const jsonLine = format.printf((info) => {
  const { level, message, fields } = info;
  return JSON.stringify({ ts: new Date().toISOString(), level, event: message, ...(redact(fields) as object) });
});

/** A logger that writes single-line JSON to standard error: standard output belongs to results. */
export function createLogger(options: LoggerOptions): Logger {
  const { component, level = 'info', file, fileLevel = level, stderr = true } = options;
  const sinks = [];
  if (stderr) sinks.push(new transports.Console({ level, stderrLevels: [...logLevels] }));
  const fileLog = file === undefined ? undefined : fileSink(file, fileLevel);
  if (fileLog !== undefined) sinks.push(fileLog);
  const winston = createWinston({ level: 'debug', format: jsonLine, transports: sinks, silent: sinks.length === 0 });
  winston.on('error', () => undefined);
  let closed: Promise<void> | undefined;
  const end = () =>
    new Promise<void>((resolve) => {
      winston.once('finish', resolve).end();
      // A disk that does not answer must not keep a process from ending.
      setTimeout(resolve, longestFlushMs).unref();
    });
  // Winston takes a line after its end for a fault that nobody handles.
  const lookAfter =
    file === undefined || fileLog === undefined
      ? undefined
      : keepWriting(winston, fileLog, () => fileSink(file, fileLevel));
  const log = (entry: Parameters<LevelWriter['log']>[0]) => {
    lookAfter?.();
    winston.log(entry);
  };
  const writer: LevelWriter = { log: (entry) => closed ?? log(entry) };
  return { ...wrap(writer, { component }), close: () => (closed ??= end()) };
}

const longestFlushMs = 2_000;
/** Pause before a file that could not be written is tried again, in milliseconds. */
const retryFileMs = 2_000;

function fileSink(filename: string, level: LogLevel): transports.FileTransportInstance {
  const sink = new transports.File({ level, filename, maxsize: 20_000_000, maxFiles: 3 });
  // Nobody else hears the errors of a sink that winston has let go, or ends: they would end the process.
  sink.on('error', () => undefined);
  return sink.on('open', () => streamOf(sink)?.on('error', () => undefined));
}

/** Not part of its types; where a later version has no such field, nothing is looked after. */
const streamOf = (sink: transports.FileTransportInstance) => (sink as unknown as { readonly _dest?: Writable })._dest;

/**
 * A sink whose file could not be written, as on a full disk, stays dead, and winston says nothing of it: it is replaced
 * after a while, so that the log goes on when there is room.
 *
 * @returns looks after it; to be called with each line
 */
function keepWriting(
  winston: Winston,
  first: transports.FileTransportInstance,
  again: () => transports.FileTransportInstance,
): () => void {
  let sink = first;
  let lookAt = 0;
  return () => {
    const stream = streamOf(sink);
    if (performance.now() < lookAt) return;
    lookAt = performance.now() + retryFileMs;
    if (stream?.destroyed !== true || stream.errored === null) return;
    const line = {
      ts: new Date().toISOString(),
      level: 'error',
      event: 'log_file_not_written',
      file: sink.filename,
      error: stream.errored.message,
      remedy: 'Free some disk space; lines are lost until then.',
    };
    process.stderr.write(`${JSON.stringify(line)}\n`);
    const next = again();
    winston.add(next);
    winston.remove(sink);
    sink = next;
  };
}

interface LevelWriter {
  log(entry: { readonly level: string; readonly message: string; readonly fields: LogFields }): unknown;
}

function wrap(winston: LevelWriter, bound: LogFields): Logger {
  const write =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) =>
      void winston.log({ level, message: event, fields: { ...bound, ...fields } });
  return {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    child: (fields) => wrap(winston, { ...bound, ...fields }),
  };
}

/** A logger that writes nothing. */
export const silentLogger: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  child: () => silentLogger,
};
