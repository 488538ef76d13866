import { defineErrors, isProcosError } from '@procos/errors';
import { exitCodes, type ExitCode } from './exit-codes.ts';

/** Errors that the CLI itself finds; what a service answers is shown as it is. */
export const errors = defineErrors({
  PROCOS_CLI_USAGE: {
    message: '{problem}',
    remedy: '{advice}',
    when: 'A command, option or argument is unknown, missing or cannot be combined.',
    status: 400,
  },
  PROCOS_CLI_BAD_VARIABLE: {
    message: '{option} cannot be used: {problem}',
    remedy: 'Write for example: {example}',
    when: 'A `--var` or `--var-file` is not of the form name=value, or its file cannot be read.',
    status: 400,
  },
  PROCOS_CLI_FILE_UNREADABLE: {
    message: '{file} cannot be read: {reason}',
    remedy: 'Check the path; it is looked up from {cwd}.',
    when: 'A file or folder named on the command line does not exist or cannot be read.',
    status: 400,
  },
  PROCOS_CLI_FILE_UNWRITABLE: {
    message: '{file} cannot be written: {reason}',
    remedy: 'Check the permissions of the file and its folder, and that there is room, then run the command again.',
    when: '`lint --fix` cannot write a mended file; the file is as it was.',
    status: 400,
  },
  PROCOS_CLI_NO_MODEL: {
    message: '{path} is no model and holds none: {reason}',
    remedy:
      'Name a file that ends in .bpmn (or .bpmn2, .bpmn20.xml, .xml with BPMN in it), .dmn or .form, or a folder that holds one.',
    when: 'A file named on the command line is no model, decision or form, or a folder holds none.',
    status: 400,
  },
  PROCOS_CLI_WHICH_PROCESS: {
    message: '{file} holds several processes: {keys}',
    remedy: 'Say which one to run: --process {example}',
    when: '`run <file>` is given a model with more than one executable process.',
    status: 400,
  },
  PROCOS_CLI_BAD_RUN_FILE: {
    message: '{file} does not say where ProcOS listens: {reason}',
    remedy: 'Name the address with --url, or delete the file and start ProcOS again with: npx procos up',
    when: 'The `run.json` of the data folder is not what `procos up` writes.',
    status: 400,
  },
  PROCOS_CLI_UNREACHABLE: {
    message: 'Nothing answers at {url} ({origin}): {reason}',
    remedy: 'Start ProcOS with: npx procos up — or name its address with --url or PROCOS_URL.',
    when: 'The gateway cannot be reached.',
    status: 503,
  },
  PROCOS_CLI_NOT_A_GATEWAY: {
    message: 'What answers at {url} ({origin}) is not the gateway of ProcOS: {reason}',
    remedy: 'Check the address; name the right one with --url or PROCOS_URL.',
    when: 'Another program listens at the address.',
    status: 503,
  },
  PROCOS_CLI_REQUEST_FAILED: {
    message: '{method} {url} answered with status {status}',
    remedy: 'Look at the log of the gateway; npx procos status tells whether the system is ready.',
    when: 'The gateway answers with an error that is not in the form of ProcOS.',
  },
  PROCOS_CLI_WAIT_TIMEOUT: {
    message: '{what} has not ended after {seconds} seconds; it runs on',
    remedy: 'Look at it with: npx procos show {id} — or wait longer with --timeout.',
    when: 'The time given with `--timeout` is over.',
    status: 504,
  },
  PROCOS_CLI_WAIT_LOST: {
    message: 'Nothing answers at {url} any more: {reason}; {what} is not lost',
    remedy: 'Once ProcOS runs, look at it with: npx procos show {id}',
    when: 'The gateway goes away while a command waits for an instance, and stays away.',
    status: 503,
  },
  PROCOS_CLI_INTERRUPTED: {
    message: 'Interrupted; {what} runs on',
    remedy: 'Look at it with: npx procos show {id} — end it with: npx procos kill {id}',
    when: 'Ctrl-C while waiting for an instance.',
  },
  PROCOS_CLI_NOT_ANSWERED: {
    message: 'Nothing was answered, so nothing was started or completed',
    remedy: 'Run the command again, or give the answers with --var.',
    when: 'Ctrl-C or the end of the input while a form is asked for at the terminal.',
  },
  PROCOS_CLI_NO_LOGS: {
    message: 'There are no logs in {folder}',
    remedy: 'Name the data folder of procos up with --data-dir, or start ProcOS with: npx procos up',
    when: '`logs` is given a data folder that no system has used yet.',
    status: 404,
  },
  PROCOS_CLI_NOTHING_TO_RETRY: {
    message: 'No open incident belongs to {id}',
    remedy: 'See the open incidents with: npx procos incidents',
    when: '`retry` is given an id that is neither an open incident nor an instance that has one.',
    status: 404,
  },
  PROCOS_CLI_AMBIGUOUS_ID: {
    message: '"{id}" is the beginning of several ids: {ids}',
    remedy: 'Write more of it, or the whole id.',
    when: 'The beginning of an id is given, and more than one thing has an id that begins so.',
    status: 400,
  },
});

const ownExitCodes: Readonly<Record<string, ExitCode>> = {
  PROCOS_CLI_UNREACHABLE: exitCodes.notRunning,
  PROCOS_CLI_NOT_RUNNING: exitCodes.notRunning,
  PROCOS_CLI_NOT_A_GATEWAY: exitCodes.notRunning,
  PROCOS_CLI_WAIT_LOST: exitCodes.notRunning,
  PROCOS_CLI_WAIT_TIMEOUT: exitCodes.timeout,
  PROCOS_CLI_INTERRUPTED: exitCodes.interrupted,
  PROCOS_CLI_BOOT_INTERRUPTED: exitCodes.interrupted,
  PROCOS_CLI_NOT_ANSWERED: exitCodes.interrupted,
  PROCOS_GATEWAY_MODEL_REFUSED: exitCodes.failed,
};

/** Input that can never work, as a service says it: bad request, not found, not allowed, unprocessable. */
const badInputStatuses: ReadonlySet<number> = new Set([400, 404, 405, 413, 415, 422]);

/** The exit code that tells a script what kind of failure it was. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!isProcosError(error)) return exitCodes.failed;
  return ownExitCodes[error.code] ?? (badInputStatuses.has(error.status) ? exitCodes.usage : exitCodes.failed);
}
