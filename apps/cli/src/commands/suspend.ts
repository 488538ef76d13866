import type { Command } from 'commander';
import type { DefinitionsChanged } from '@procos/api-client';
import { wholeNumber } from '../input/whole-number.ts';
import type { Io } from '../io.ts';
import { plural } from '../output/format.ts';
import { report } from '../output/report.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

interface SwitchOptions extends GatewayOptions {
  readonly version?: number;
  readonly instances?: boolean;
}

export function suspendCommand(io: Io): Command {
  const command = newGatewayCommand({
    usage: 'suspend <key>',
    summary: 'Let no new instance of a process start, until it is resumed.',
    examples: [
      ['procos suspend import_orders', 'what runs goes on; nothing new starts'],
      ['procos suspend import_orders --instances', 'what runs stands still as well'],
      ['procos suspend import_orders --version 3', 'one version alone'],
    ],
  });
  return switching(io, command, 'suspend');
}

export function resumeCommand(io: Io): Command {
  const command = newGatewayCommand({
    usage: 'resume <key>',
    summary: 'Let a suspended process start again.',
    examples: [
      ['procos resume import_orders', 'all its versions'],
      ['procos resume import_orders --instances', 'the instances that were suspended with it go on'],
    ],
  });
  return switching(io, command, 'resume');
}

function switching(io: Io, command: Command, verb: 'suspend' | 'resume'): Command {
  return command
    .option('--version <number>', 'one version alone; without it all of them', wholeNumber)
    .option('--instances', 'the running instances as well')
    .action(async (key: string, { version, instances, ...options }: SwitchOptions) => {
      const gateway = connect(io, options);
      const request = { path: { key }, body: { version, instances } };
      const changed = await (verb === 'suspend'
        ? gateway.suspendDefinition(request)
        : gateway.resumeDefinition(request));
      report(io, options, { ok: true, ...changed }, () => renderSwitched(changed, verb, instances === true));
    });
}

function renderSwitched(
  { key, versions, instances }: DefinitionsChanged,
  verb: 'suspend' | 'resume',
  withInstances: boolean,
): string {
  const done = verb === 'suspend' ? 'is suspended: nothing starts' : 'can be started again';
  const running = withInstances ? `, ${plural(instances, 'instance')} with it` : '';
  const next = verb === 'suspend' ? `  → npx procos resume ${key}\n` : '';
  return `✓ ${key} ${done} (version ${versions.join(', ')}${running}).\n${next}`;
}
