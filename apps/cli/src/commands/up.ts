import { InvalidArgumentError, type Command } from 'commander';
import { dataFolder } from '../gateway-address.ts';
import type { Io } from '../io.ts';
import { errors } from '../errors.ts';
import { type Scale, scalableApps } from '../system/app-names.ts';
import type { BootedSystem, SystemOptions } from '../system/system-options.ts';
import { newCommand } from './command.ts';

export interface UpOptions {
  readonly json?: boolean;
  readonly dataDir?: string;
  readonly portOffset: number;
  readonly question?: string;
  readonly firstQuestion?: boolean;
  readonly exit?: boolean;
  readonly verbose?: boolean;
  readonly distributed?: boolean;
  readonly scale: Scale;
}

/** `procos up`: a whole system on this machine, in one process or in one for each app. */
export function upCommand(io: Io): Command {
  return newCommand({
    usage: 'up',
    summary: 'Boot a whole system on this machine and stay until Ctrl-C.',
    examples: [
      ['procos up', 'boot; state is kept in .procos and survives a restart'],
      ['procos up --question "What is BPMN?" --exit --json', 'boot, answer one question, shut down'],
      ['procos up --data-dir /tmp/second --port-offset 100', 'a second system beside the first'],
      ['procos up --distributed --scale generic-worker=4', 'every app in a process of its own, four generic workers'],
    ],
  })
    .option('--data-dir <folder>', 'folder of everything that is kept (default: $PROCOS_DATA_DIR, else .procos)')
    .option('--port-offset <number>', 'added to every port', readOffset, 0)
    .option('--distributed', 'each app in a process of its own, with RabbitMQ, Consul and PostgreSQL')
    .option('--scale <app=copies>', 'more copies of an app of the distributed mode; may be given again', readScale, {})
    .option('--question <text>', 'asked through the public API once the system is up')
    .option('--first-question', 'ask a question even when none is given')
    .option('--exit', 'shut down after the first answer')
    .option('--verbose', 'write the logs to standard error too')
    .action((options: UpOptions) => bootAndStay(io, options));
}

/** Boots as told, and stays until Ctrl-C. */
export async function bootAndStay(io: Io, options: UpOptions): Promise<void> {
  const [{ runSystem }, { defaultQuestion }, boot] = await Promise.all([
    import('../system/run-system.ts'),
    import('../system/first-question.ts'),
    bootOf(options),
  ]);
  const wanted = options.firstQuestion === true || options.exit === true || options.json === true;
  const run = {
    dataDir: dataFolder(io, options),
    portOffset: options.portOffset,
    question: options.question ?? (wanted ? defaultQuestion : undefined),
    exit: options.exit === true,
    json: options.json === true,
    verbose: options.verbose === true,
  };
  await runSystem(io, run, boot);
}

/** Each mode is loaded only when it is wanted. */
async function bootOf({ distributed, scale }: UpOptions): Promise<(options: SystemOptions) => Promise<BootedSystem>> {
  if (distributed !== true) {
    if (Object.keys(scale).length > 0)
      throw errors.PROCOS_CLI_USAGE({
        problem: '--scale needs processes of their own',
        advice: 'Write: procos up --distributed --scale generic-worker=4',
      });
    return (await import('../embedded/embedded-system.ts')).bootEmbedded;
  }
  const { bootDistributed } = await import('../distributed/distributed-system.ts');
  return (options) => bootDistributed(options, scale);
}

/** `app=copies`, given once for each app. */
function readScale(text: string, earlier: Scale): Scale {
  const [, app, copies] = /^([a-z-]+)=([1-9]\d?)$/.exec(text) ?? [];
  if (app === undefined || !scalableApps.some((name) => name === app))
    throw new InvalidArgumentError(
      `Write app=copies with one of ${scalableApps.join(', ')}, for example generic-worker=4.`,
    );
  return { ...earlier, [app]: Number(copies) };
}

function readOffset(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 50_000)
    throw new InvalidArgumentError('It must be a whole number from 0 to 50000.');
  return number;
}
