import { Command } from 'commander';
import { findGateway, type AddressOptions } from '../gateway-address.ts';
import { createGatewayClient, type GatewayClient } from '../gateway-client.ts';
import type { Io } from '../io.ts';

export interface OutputOptions {
  /** One JSON document on stdout and nothing else there. */
  readonly json?: boolean;
}

export type GatewayOptions = OutputOptions & AddressOptions;

export interface CommandText {
  /** Name and arguments, in the notation of commander: `show <id>`. */
  readonly usage: string;
  readonly summary: string;
  /** Command lines to copy, each with what it does. */
  readonly examples: readonly (readonly [string, string])[];
}

/** A command with `--json` and examples in its help. */
export function newCommand({ usage, summary, examples }: CommandText): Command {
  const [name = usage, ...rest] = usage.split(' ');
  const command = new Command(name).description(summary);
  if (rest.length > 0) command.arguments(rest.join(' '));
  const lines = examples.map(([line, what]) => `  $ npx ${line}\n      ${what}`);
  return command
    .option('--json', 'print one JSON document and nothing else')
    .addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/** A command that talks to the gateway. */
export function newGatewayCommand(text: CommandText): Command {
  return newCommand(text)
    .option('--url <address>', 'address of the gateway (default: $PROCOS_URL, else where procos up listens)')
    .option('--data-dir <folder>', 'data folder of procos up (default: $PROCOS_DATA_DIR, else .procos)');
}

/** The gateway that the options, the environment or the data folder name. */
export function connect(io: Io, options: AddressOptions): GatewayClient {
  return createGatewayClient(findGateway(io, options));
}
