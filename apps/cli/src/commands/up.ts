import { InvalidArgumentError, type Command } from 'commander';
import { dataFolder } from '../gateway-address.ts';
import type { Io } from '../io.ts';
import { newCommand } from './command.ts';

interface UpOptions {
  readonly json?: boolean;
  readonly dataDir?: string;
  readonly portOffset: number;
  readonly question?: string;
  readonly firstQuestion?: boolean;
  readonly exit?: boolean;
  readonly verbose?: boolean;
}

/** `procos up`: a whole system on this machine, in one process. */
export function upCommand(io: Io): Command {
  return newCommand({
    usage: 'up',
    summary: 'Boot a whole system on this machine and stay until Ctrl-C.',
    examples: [
      ['procos up', 'boot; state is kept in .procos and survives a restart'],
      ['procos up --question "What is BPMN?" --exit --json', 'boot, answer one question, shut down'],
      ['procos up --data-dir /tmp/second --port-offset 100', 'a second system beside the first'],
    ],
  })
    .option('--data-dir <folder>', 'folder of everything that is kept (default: $PROCOS_DATA_DIR, else .procos)')
    .option('--port-offset <number>', 'added to every port', readOffset, 0)
    .option('--question <text>', 'asked through the public API once the system is up')
    .option('--first-question', 'ask a question even when none is given')
    .option('--exit', 'shut down after the first answer')
    .option('--verbose', 'write the logs to standard error too')
    .action(async (options: UpOptions) => {
      const [{ runEmbedded }, { defaultQuestion }] = await Promise.all([import('../embedded/run-embedded.ts'), import('../embedded/first-question.ts')]);
      const wanted = options.firstQuestion === true || options.exit === true || options.json === true;
      await runEmbedded(io, {
        dataDir: dataFolder(io, options),
        portOffset: options.portOffset,
        question: options.question ?? (wanted ? defaultQuestion : undefined),
        exit: options.exit === true,
        json: options.json === true,
        verbose: options.verbose === true,
      });
    });
}

function readOffset(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 50_000) throw new InvalidArgumentError('It must be a whole number from 0 to 50000.');
  return number;
}
