import type { Command } from 'commander';
import type { DeploymentResult } from '@procos/api-client';
import type { GatewayClient } from '../gateway-client.ts';
import { readModelFiles, type ModelFile } from '../input/model-files.ts';
import type { Io } from '../io.ts';
import { plural } from '../output/format.ts';
import { renderFindings } from '../output/findings-view.ts';
import { reportLeftOut } from '../output/left-out.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { renderTable, type Row } from '../output/table.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

interface DeployOptions extends GatewayOptions {
  readonly dryRun?: boolean;
  readonly name?: string;
  readonly allowMissing?: boolean;
}

export function deployCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'deploy <file-or-folder...>',
    summary:
      'Deploy BPMN models, decisions and forms; running instances keep their version. Unchanged models make no new version.',
    examples: [
      ['procos deploy my_process.bpmn', 'the next run uses it'],
      ['procos deploy processes --dry-run', 'only say what would be refused, by the rules or by the engine'],
      ['procos deploy caller.bpmn --allow-missing', 'the process that it calls is deployed later'],
    ],
  })
    .option('--dry-run', 'check the models, deploy nothing')
    .option('--allow-missing', 'also when a called process, decision or form is deployed nowhere')
    .option('--name <name>', 'name of the deployment')
    .action(async (paths: string[], options: DeployOptions) => {
      const { files, leftOut } = readModelFiles(io, paths);
      reportLeftOut(io, leftOut);
      const result = await deployModels(connect(io, options), files, options);
      const document = { ok: true, dryRun: options.dryRun === true, ...result, leftOut };
      report(io, options, document, () => renderDeployment(result, paths, options.dryRun === true, io));
    });
}

/** Hands models to the gateway, which lints them first and refuses all when one has an error. */
export async function deployModels(
  gateway: GatewayClient,
  files: readonly ModelFile[],
  { name, dryRun, allowMissing }: Pick<DeployOptions, 'name' | 'dryRun' | 'allowMissing'> = {},
): Promise<DeploymentResult> {
  const body = { name, dryRun, allowMissing, files: files.map((file) => ({ name: file.name, content: file.content })) };
  return gateway.createDeployment({ body });
}

const shownAtOnce: ReadonlySet<string> = new Set(['known-topic', 'called-definitions', 'engine-not-asked']);

function renderDeployment(
  { definitions, resources = [], findings }: DeploymentResult,
  paths: readonly string[],
  dryRun: boolean,
  io: Io,
): string {
  const paint = painter(io, io.stdout);
  const rows = definitions.map(
    ({ key, version, isNew }): Row => [
      isNew ? { text: '✓ new', tone: 'good' } : { text: '= unchanged', tone: 'dim' },
      key,
      String(version),
    ],
  );
  rows.push(
    ...resources.map(
      ({ file, isNew }): Row => [
        isNew ? { text: '✓ new', tone: 'good' } : { text: '= unchanged', tone: 'dim' },
        file,
        '',
      ],
    ),
  );
  const columns = [
    { title: '' },
    { title: resources.length === 0 ? 'process' : 'process or file', whole: true },
    { title: 'version', align: 'right' },
  ] as const;
  const table = rows.length === 0 ? '' : renderTable(columns, rows, { width: io.stdout.columns, paint });
  const verdict = dryRun ? `${paint('✓', 'good')} The models can be deployed; nothing was deployed.\n` : '';
  // Other warnings are only counted; these keep a process waiting for ever, or say that the verdict is not the engine's.
  const toRead = findings.filter(({ rule }) => shownAtOnce.has(rule));
  const counted = findings.length - toRead.length;
  const rest =
    counted === 0 ? '' : `${paint('!', 'warn')} ${plural(counted, 'warning')} → npx procos lint ${paths.join(' ')}\n`;
  return `${verdict}${table}${renderFindings(toRead, paint)}${rest}`;
}
