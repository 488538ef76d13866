import type { Io, TextOutput } from '../io.ts';
import { othersCommand, ownCommand } from './style.ts';

/** Commands that ask a gateway: they take `--url` and `--data-dir`. */
const gatewayCommands = [
  'run',
  'ask',
  'deploy',
  'deployments',
  'processes',
  'ps',
  'show',
  'kill',
  'incidents',
  'retry',
  'events',
  'messages',
  'send',
  'suspend',
  'resume',
  'delete',
  'tasks',
  'complete',
  'status',
  'health',
];
/** Commands of a system of this machine: they take `--data-dir` alone. */
const folderCommands = ['up', 'down', 'restart', 'logs'];

/**
 * What a command says to do next leads to the system that it was asked about: an address or data folder given on the command line
 * is repeated in every hint of ours, ready to be pasted. What others have written stays as it is.
 *
 * @param args the arguments of the program
 */
export function repeatAddress(io: Io, args: readonly string[]): Io {
  const dataDir = given(args, '--data-dir');
  const url = given(args, '--url');
  const address = url ?? dataDir;
  const withAddress = (text: string): string =>
    insert(insert(text, gatewayCommands, address), folderCommands, dataDir).replaceAll(othersCommand, ownCommand);
  const stdout = args.includes('--json') ? io.stdout : written(io.stdout, withAddress);
  return Object.assign(Object.create(io) as Io, {
    stdout,
    stderr: written(io.stderr, withAddress),
    exitCode: io.exitCode,
  });
}

function insert(text: string, names: readonly string[], option: string | undefined): string {
  if (option === undefined) return text;
  const hint = new RegExp(`npx procos (${names.join('|')})(?![\\w-])(?! --(?:url|data-dir|help)\\b)`, 'g');
  return text.replace(hint, (_, name: string) => `npx procos ${name} ${option}`);
}

function written(output: TextOutput, withAddress: (text: string) => string): TextOutput {
  return Object.create(output, { write: { value: (text: string) => output.write(withAddress(text)) } }) as TextOutput;
}

/** The option as it was given, fit to be pasted into a shell. */
function given(args: readonly string[], name: string): string | undefined {
  const index = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  const value = args[index] === name ? args[index + 1] : args[index]?.slice(name.length + 1);
  return index === -1 || value === undefined || value === '' ? undefined : `${name} ${quoted(value)}`;
}

function quoted(value: string): string {
  return /^[\w@%+=:,./~-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
