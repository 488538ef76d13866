import type { Command } from 'commander';
import type { DefinitionsChanged } from '@procos/api-client';
import { errors } from '../errors.ts';
import { wholeNumber } from '../input/whole-number.ts';
import type { Io } from '../io.ts';
import { plural } from '../output/format.ts';
import { report } from '../output/report.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

interface DeleteOptions extends GatewayOptions {
  readonly version?: number;
  readonly deployment?: string;
  readonly cascade?: boolean;
}

export function deleteCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'delete [key]',
    summary:
      'Delete a process, one version of it, or a deployment. Refused while instances run, unless with --cascade.',
    examples: [
      ['procos delete import_orders --version 3', 'one version; new instances use the newest that is left'],
      ['procos delete import_orders --cascade', 'all of it: what runs is ended, its history forgotten'],
      [
        'procos delete --deployment 5f0c1c1e-8a39-11f0-9d0c-0242ac120002',
        'a deployment with everything that came with it',
      ],
    ],
  })
    .option('--version <number>', 'one version alone; without it all of them', wholeNumber)
    .option('--deployment <id>', 'a deployment, by its id')
    .option('--cascade', 'end the instances that run, and forget the history')
    .action((key: string | undefined, options: DeleteOptions) => {
      const { version, deployment } = options;
      if (key !== undefined && deployment === undefined) return deleteProcess(io, key, options);
      if (key === undefined && deployment !== undefined && version === undefined)
        return deleteDeployment(io, deployment, options);
      throw errors.PROCOS_CLI_USAGE({
        problem: 'delete needs either the key of a process, with or without --version, or --deployment',
        advice: 'See the keys with: npx procos processes',
      });
    });
}

const cascading = (cascade: boolean) => (cascade ? ({ cascade: 'true' } as const) : {});

async function deleteProcess(io: Io, key: string, { version, cascade = false, ...options }: DeleteOptions) {
  const query = { version, ...cascading(cascade) };
  const deleted = await connect(io, options).deleteDefinition({ path: { key }, query });
  report(io, options, { ok: true, ...deleted }, () => renderDeleted([deleted], cascade));
}

async function deleteDeployment(io: Io, id: string, { cascade = false, ...options }: DeleteOptions) {
  const deleted = await connect(io, options).deleteDeployment({ path: { id }, query: cascading(cascade) });
  report(
    io,
    options,
    { ok: true, ...deleted },
    () => `✓ Deployment ${id} is deleted.\n${renderDeleted(deleted.definitions, cascade)}`,
  );
}

function renderDeleted(deleted: readonly DefinitionsChanged[], cascade: boolean): string {
  return deleted
    .map(
      ({ key, versions, instances }) =>
        `✓ ${key} version ${versions.join(', ')} is deleted${cascade ? `; ${plural(instances, 'running instance')} ended` : ''}.\n`,
    )
    .join('');
}
