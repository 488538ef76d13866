import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type LogLine, parseLogLine } from './log-line.ts';

/** Reads what is new in the logs of a data folder. */
export interface LogReader {
  /** Whose logs there are. */
  apps(): readonly string[];
  /** The lines since the last call, in the order of their times; at first the last ones of each log. */
  next(): readonly LogLine[];
}

interface OpenLog {
  offset: number;
  /** The beginning of a line whose end is not written yet. */
  rest: Buffer;
  last: LogLine | undefined;
}

/** How much of each log is looked at in the beginning, in bytes. */
const firstLook = 1_000_000;

/** @param wanted the apps whose logs are read; none = all */
export function createLogReader(folder: string, wanted: readonly string[]): LogReader {
  const open = new Map<string, OpenLog>();
  let isFirst = true;
  const readFile = (name: string): readonly LogLine[] => {
    const path = join(folder, name);
    const { size } = statSync(path);
    const log = open.get(name) ?? {
      offset: isFirst ? Math.max(0, size - firstLook) : 0,
      rest: Buffer.alloc(0),
      last: undefined,
    };
    // The first line of a log that is not read from its start is only a part.
    const isCut = !open.has(name) && log.offset > 0;
    open.set(name, log);
    if (size < log.offset) Object.assign(log, { offset: 0, rest: Buffer.alloc(0) });
    const content = Buffer.concat([log.rest, readPart(path, log.offset, size)]);
    const end = content.lastIndexOf('\n') + 1;
    Object.assign(log, { offset: size, rest: content.subarray(end) });
    const lines = content
      .subarray(0, end)
      .toString('utf8')
      .split('\n')
      .slice(isCut ? 1 : 0, -1);
    return lines.filter((line) => line !== '').map((line) => (log.last = parseLogLine(appOf(name), line, log.last)));
  };
  return {
    apps: () => [...new Set(filesIn(folder).map(appOf))].toSorted(),
    next: () => {
      const names = filesIn(folder).filter((name) => wanted.length === 0 || wanted.includes(appOf(name)));
      const lines = names.flatMap(readFile);
      isFirst = false;
      return lines.toSorted((one, other) => (one.ts < other.ts ? -1 : one.ts > other.ts ? 1 : 0));
    },
  };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .toSorted();
}

/** A log that has grown too long goes on in `kernel1.log`; `generic-worker-02.log` is that of a second copy. */
function appOf(name: string): string {
  return name.replace(/\.log$/, '').replace(/([a-z])\d+$/, '$1');
}

function readPart(path: string, from: number, to: number): Buffer {
  const part = Buffer.alloc(Math.max(0, to - from));
  const file = openSync(path, 'r');
  try {
    return part.subarray(0, readSync(file, part, 0, part.length, from));
  } finally {
    closeSync(file);
  }
}
