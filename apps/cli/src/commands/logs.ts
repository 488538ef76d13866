import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import { errors } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { dataFolder } from '../gateway-address.ts';
import { wholeNumber } from '../input/whole-number.ts';
import type { Io } from '../io.ts';
import type { LogLine } from '../logs/log-line.ts';
import { createLogReader, type LogReader } from '../logs/log-reader.ts';
import { formatTime, formatValue } from '../output/format.ts';
import { painter, printable, type Paint } from '../output/style.ts';
import { newCommand, type OutputOptions } from './command.ts';

interface LogsOptions extends OutputOptions {
  readonly dataDir?: string;
  readonly follow?: boolean;
  readonly lines: number;
  readonly level: string;
}

const levels = ['error', 'warn', 'info', 'debug'];
const lookEveryMs = 250;

/** `procos logs`: what the parts of the system of a data folder have written, also when it no longer runs. */
export function logsCommand(io: Io): Command {
  return newCommand({
    usage: 'logs [apps...]',
    summary: 'Show the last lines of the logs in a data folder, of all apps together or of some.',
    examples: [
      ['procos logs', 'the last 100 lines of all apps, in the order of their times'],
      ['procos logs kernel engine --follow', 'of two of them, as they are written, until Ctrl-C'],
      ['procos logs --level warn --json', 'what went wrong, one JSON document per line'],
    ],
  })
    .option('-f, --follow', 'go on until Ctrl-C')
    .option('-n, --lines <count>', 'how many lines to begin with', wholeNumber, 100)
    .addOption(new Option('--level <level>', 'least level that is shown').choices(levels).default('debug'))
    .option('--data-dir <folder>', 'data folder of procos up (default: $PROCOS_DATA_DIR, else .procos)')
    .action(async (apps: string[], options: LogsOptions) => {
      const reader = openLogs(join(dataFolder(io, options), 'logs'), apps);
      const isWanted = ({ level }: LogLine) => levels.indexOf(level) <= levels.indexOf(options.level);
      const paint = painter(io, io.stdout);
      const print = options.json === true ? JSON.stringify : (line: LogLine) => renderLine(line, paint);
      const show = (lines: readonly LogLine[]) => lines.forEach((line) => io.stdout.write(`${print(line)}\n`));
      const found = reader.next().filter(isWanted);
      show(found.slice(Math.max(0, found.length - options.lines)));
      if (options.follow === true) await follow(io, () => show(reader.next().filter(isWanted)));
    });
}

function openLogs(folder: string, apps: readonly string[]): LogReader {
  if (!existsSync(folder)) throw errors.PROCOS_CLI_NO_LOGS({ folder });
  const reader = createLogReader(folder, apps);
  const known = reader.apps();
  const unknown = apps.find((app) => !known.includes(app));
  if (unknown !== undefined)
    throw errors.PROCOS_CLI_USAGE({
      problem: `${folder} holds no log of ${unknown}`,
      advice: known.length === 0 ? 'It holds none at all.' : `Choose from ${known.join(', ')}.`,
    });
  return reader;
}

async function follow(io: Io, look: () => void): Promise<void> {
  const signal = io.interruption();
  while (!signal.aborted) {
    look();
    // Ended by Ctrl-C: that is how it is meant to end.
    await delay(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
  io.exitCode = exitCodes.interrupted;
}

const tones = { error: 'bad', warn: 'warn', debug: 'dim' } as const;

/** Time, level and app, then what happened and its facts. */
function renderLine({ ts, level, app, event, fields }: LogLine, paint: Paint): string {
  const facts = Object.entries(fields)
    .map(([name, value]) => `${name}=${formatValue(value)}`)
    .join(' ');
  const tone = Object.hasOwn(tones, level) ? tones[level as keyof typeof tones] : undefined;
  const head = `${formatTime(ts)} ${level.padEnd(5)} ${app.padEnd(14)}`;
  return `${paint(head, 'dim')} ${paint(printable(event), tone)}${facts === '' ? '' : ` ${paint(printable(facts), 'dim')}`}`;
}
