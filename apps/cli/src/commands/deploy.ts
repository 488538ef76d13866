import type { Command } from 'commander';
import type { DeploymentResult } from '@procos/contracts';
import type { GatewayClient } from '../gateway-client.ts';
import { readModelFiles, type ModelFile } from '../input/model-files.ts';
import type { Io } from '../io.ts';
import { plural } from '../output/format.ts';
import { renderFindings } from '../output/findings-view.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { renderTable, type Row } from '../output/table.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

interface DeployOptions extends GatewayOptions {
  readonly dryRun?: boolean;
  readonly name?: string;
}

export function deployCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'deploy <file-or-folder...>',
    summary: 'Deploy BPMN models; running instances keep their version. Unchanged models make no new version.',
    examples: [
      ['procos deploy my_process.bpmn', 'the next run uses it'],
      ['procos deploy processes --dry-run', 'only say what would be refused'],
    ],
  })
    .option('--dry-run', 'check the models, deploy nothing')
    .option('--name <name>', 'name of the deployment')
    .action(async (paths: string[], options: DeployOptions) => {
      const result = await deployModels(connect(io, options), readModelFiles(io, paths), options);
      const document = { ok: true, dryRun: options.dryRun === true, ...result };
      report(io, options, document, () => renderDeployment(result, paths, options.dryRun === true, io));
    });
}

/** Hands models to the gateway, which lints them first and refuses all when one has an error. */
export async function deployModels(
  gateway: GatewayClient,
  files: readonly ModelFile[],
  { name, dryRun }: Pick<DeployOptions, 'name' | 'dryRun'> = {},
): Promise<DeploymentResult> {
  const body = { name, dryRun, files: files.map((file) => ({ name: file.name, content: file.content })) };
  return gateway.post<DeploymentResult>('/v1/deployments', { body });
}

function renderDeployment({ definitions, findings }: DeploymentResult, paths: readonly string[], dryRun: boolean, io: Io): string {
  const paint = painter(io, io.stdout);
  const rows = definitions.map(({ key, version, isNew }): Row => [
    isNew ? { text: '✓ new', tone: 'good' } : { text: '= unchanged', tone: 'dim' },
    key,
    String(version),
  ]);
  const columns = [{ title: '' }, { title: 'process', whole: true }, { title: 'version', align: 'right' }] as const;
  const table = rows.length === 0 ? '' : renderTable(columns, rows, { width: io.stdout.columns, paint });
  const verdict = dryRun ? `${paint('✓', 'good')} The models can be deployed; nothing was deployed.\n` : '';
  // Other warnings are only counted; a topic that nobody serves keeps the process waiting for ever.
  const toRead = findings.filter(({ rule }) => rule === 'known-topic');
  const counted = findings.length - toRead.length;
  const rest = counted === 0 ? '' : `${paint('!', 'warn')} ${plural(counted, 'warning')} → npx procos lint ${paths.join(' ')}\n`;
  return `${verdict}${table}${renderFindings(toRead, paint)}${rest}`;
}
