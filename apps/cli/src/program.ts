import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { askCommand } from './commands/ask.ts';
import { completeCommand } from './commands/complete.ts';
import { deleteCommand } from './commands/delete.ts';
import { deployCommand } from './commands/deploy.ts';
import { deploymentsCommand } from './commands/deployments.ts';
import { doctorCommand } from './commands/doctor.ts';
import { downCommand } from './commands/down.ts';
import { eventsCommand } from './commands/events.ts';
import { healthCommand } from './commands/health.ts';
import { incidentsCommand } from './commands/incidents.ts';
import { killCommand } from './commands/kill.ts';
import { lintCommand } from './commands/lint.ts';
import { logsCommand } from './commands/logs.ts';
import { messagesCommand } from './commands/messages.ts';
import { processesCommand } from './commands/processes.ts';
import { psCommand } from './commands/ps.ts';
import { restartCommand } from './commands/restart.ts';
import { retryCommand } from './commands/retry.ts';
import { runCommand } from './commands/run.ts';
import { sendCommand } from './commands/send.ts';
import { showCommand } from './commands/show.ts';
import { statusCommand } from './commands/status.ts';
import { resumeCommand, suspendCommand } from './commands/suspend.ts';
import { tasksCommand } from './commands/tasks.ts';
import { upCommand } from './commands/up.ts';
import { errors, exitCodeOf } from './errors.ts';
import { exitCodeMeanings, exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { repeatAddress } from './output/repeat-address.ts';
import { reportError } from './output/report.ts';

/** Every command, in the order of the help. A new one: its file in `commands/`, and its line here. */
const commands: readonly ((io: Io) => Command)[] = [
  upCommand,
  downCommand,
  restartCommand,
  statusCommand,
  healthCommand,
  logsCommand,
  runCommand,
  askCommand,
  deployCommand,
  lintCommand,
  processesCommand,
  deploymentsCommand,
  suspendCommand,
  resumeCommand,
  deleteCommand,
  psCommand,
  showCommand,
  killCommand,
  incidentsCommand,
  retryCommand,
  eventsCommand,
  sendCommand,
  messagesCommand,
  tasksCommand,
  completeCommand,
  doctorCommand,
];

/**
 * Runs one command line and says with which code to exit. It never throws and never ends the process.
 *
 * @param args the arguments after the program's name
 */
export async function runProgram(args: readonly string[], outer: Io): Promise<ExitCode> {
  const io = repeatAddress(outer, args);
  const program = createProgram(io);
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' });
    return io.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
    const reported = error instanceof CommanderError ? usageError(error, args, helpFor(program, args)) : error;
    reportError(io, { json: args.includes('--json') }, reported);
    return exitCodeOf(reported);
  }
}

/** The whole command line interface, ready to parse. */
export function createProgram(io: Io): Command {
  const program = new Command('procos')
    .description('ProcOS on the command line: run processes, watch them, change them while they run.')
    .version(ownVersion(), '-V, --version')
    // Otherwise `procos delete KEY --version 3` would print the version of procos.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // Told by runProgram in the same form as every other error.
      outputError: () => undefined,
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getOutHasColors: () => false,
    })
    .configureHelp({
      subcommandTerm: (command) => `${command.name()} ${command.usage().replace(/\[options\] ?/, '')}`.trim(),
    })
    .addHelpText(
      'after',
      `\nExit codes:\n${exitCodeMeanings.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`).join('\n')}`,
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx procos ask "What is a process?"\n  $ npx procos run ai_query_process --var user_query=Hello --wait\n  $ npx procos run --help',
    );
  program.hook('preAction', (_, { args, registeredArguments }) => {
    const empty = registeredArguments[args.findIndex((arg) => arg.trim() === '')];
    if (empty !== undefined)
      throw errors.PROCOS_CLI_USAGE({
        problem: `argument '${empty.name()}' is empty`,
        advice: 'Write what is meant, in quotes where it holds spaces.',
      });
  });
  for (const create of commands) program.addCommand(create(io).copyInheritedSettings(program));
  return program;
}

/** What commander says, as an error of ProcOS: first line the problem, second line its "Did you mean …?". */
function usageError({ message, code }: CommanderError, args: readonly string[], help: string): Error {
  // `help nosuch` shows the help of everything, and says nothing of what was asked for.
  const said = code === 'commander.help' ? `unknown command '${args.slice(1).join(' ')}'` : message;
  const [problem = said, suggestion] = said.replace(/^error: /, '').split('\n');
  const advice = [suggestion?.replace(/^\((.*)\)$/, '$1'), `See: ${help}`]
    .filter((text) => text !== undefined && text !== '')
    .join(' ');
  return errors.PROCOS_CLI_USAGE({ problem, advice });
}

function helpFor(program: Command, args: readonly string[]): string {
  const known = program.commands.find((command) => args.includes(command.name()));
  return known === undefined ? 'npx procos --help' : `npx procos ${known.name()} --help`;
}

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}
