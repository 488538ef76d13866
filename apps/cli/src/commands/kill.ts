import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { report } from '../output/report.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

interface KillOptions extends GatewayOptions {
  readonly reason?: string;
}

export function killCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'kill <id>',
    summary: 'End a running instance and everything it called.',
    examples: [
      [
        'procos kill 5f0c1c1e-8a39-11f0-9d0c-0242ac120002 --reason "wrong order number"',
        'the history keeps the reason',
      ],
    ],
  })
    .option('--reason <text>', 'why, for the history')
    .action(async (id: string, options: KillOptions) => {
      const { reason } = options;
      const instance = await connect(io, options).endInstance({ path: { id }, body: { reason } });
      report(
        io,
        options,
        { ok: true, ...instance },
        () => `✓ Instance ${instance.id} of ${instance.processKey} was ended.\n`,
      );
    });
}
