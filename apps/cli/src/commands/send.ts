import type { Command } from 'commander';
import type { Receiver, Sent } from '@procos/api-client';
import { errors } from '../errors.ts';
import { collect, readNamedValues, readVariables, type VariableOptions } from '../input/variables.ts';
import type { Io } from '../io.ts';
import { plural } from '../output/format.ts';
import { report } from '../output/report.ts';
import { printable } from '../output/style.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

interface SendOptions extends GatewayOptions, VariableOptions {
  readonly signal?: boolean;
  readonly businessKey?: string;
  readonly instance?: string;
  readonly correlation?: readonly string[];
  readonly all?: boolean;
}

export function sendCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'send <name>',
    summary: 'Send a message to the instance that waits for it, or a signal to everybody who does.',
    examples: [
      [
        'procos send "Payment received" --business-key order-17 --var amount=12.5',
        'to the instance with this business key',
      ],
      ['procos send "Payment received" --correlation order_id=17', 'to the instance whose variable order_id is 17'],
      ['procos send "New order" --var item=book', 'starts a process that begins with this message'],
      ['procos send "Closing time" --signal', 'to everybody who waits for the signal'],
    ],
  })
    .option('--signal', 'it is a signal, not a message')
    .option('--business-key <key>', 'only to the instance with this business key')
    .option('--instance <id>', 'only to this instance')
    .option(
      '--correlation <name=value>',
      'only to an instance whose variable has this value, as often as needed',
      collect,
    )
    .option('--all', 'to everybody who waits for the message, instead of refusing when several do')
    .option(
      '--var <name=value>',
      'a variable that goes with it, as often as needed: JSON if it reads as such, else text',
      collect,
    )
    .option('--var-file <name=path>', 'a variable from a file: its text, or with name=@path the JSON in it', collect)
    .action((name: string, options: SendOptions) => send(io, name, options));
}

async function send(io: Io, name: string, options: SendOptions): Promise<void> {
  const { signal = false, businessKey, instance: instanceId, all } = options;
  const correlation =
    options.correlation === undefined ? undefined : readNamedValues('--correlation', options.correlation);
  const variables = readVariables(io, options);
  if (signal && [businessKey, instanceId, correlation, all].some((one) => one !== undefined)) throw signalGoesToAll();
  const gateway = connect(io, options);
  const sent = signal
    ? await gateway.sendSignal({ body: { name, variables } })
    : await gateway.callAsWritten('sendMessage', {
        body: { name, businessKey, instanceId, correlation, variables, all },
      });
  report(io, options, { ok: true, ...sent }, () => renderSent(sent, signal));
}

function signalGoesToAll(): Error {
  return errors.PROCOS_CLI_USAGE({
    problem: 'a signal goes to everybody who waits for it, and cannot be narrowed',
    advice: 'Leave out --business-key, --instance, --correlation and --all; or send a message, without --signal.',
  });
}

function renderSent({ name, receivers }: Sent, signal: boolean): string {
  const head = `✓ ${signal ? 'Signal' : 'Message'} ${printable(name)} was received by ${plural(receivers.length, 'receiver')}.\n`;
  return head + receivers.map((one) => `  - ${printable(renderReceiver(one))}\n`).join('');
}

function renderReceiver({ outcome, instanceId, processKey, activityId }: Receiver): string {
  const what = [processKey, activityId === null ? null : `at ${activityId}`].filter((part) => part !== null).join(' ');
  if (instanceId === null) return `a new instance began ${what}`.trim();
  return `${outcome === 'started' ? 'new instance' : 'instance'} ${instanceId}${what === '' ? '' : ` of ${what}`} → npx procos show ${instanceId}`;
}
