import type { Command } from 'commander';
import type { DeploymentView } from '@procos/api-client';
import type { Io } from '../io.ts';
import { formatTime } from '../output/format.ts';
import { pageOptions, pageOf, type PageOptions } from '../input/pages.ts';
import { moreHint } from '../output/more-hint.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { renderTable, type Row } from '../output/table.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

export function deploymentsCommand(io: Io): Command {
  const command = newGatewayCommand({
    usage: 'deployments',
    summary: 'List what was deployed, newest first.',
    examples: [
      ['procos deployments', 'the ids that procos delete --deployment takes'],
      ['procos deployments --limit 10 --json', 'the newest ten, for a program'],
    ],
  });
  return pageOptions(command).action(async (options: GatewayOptions & PageOptions) => {
    const { items: deployments, total } = await pageOf(connect(io, options).lists.listDeployments(), options);
    report(io, options, { deployments, total }, () =>
      total === 0
        ? 'Nothing is deployed.\n'
        : renderDeployments(deployments, io) + moreHint('procos deployments', options, deployments.length, total),
    );
  });
}

function renderDeployments(deployments: readonly DeploymentView[], io: Io): string {
  const rows = deployments.map(({ id, name, source, time }): Row => [id, name ?? '', formatTime(time), source ?? '']);
  const columns = [
    { title: 'deployment', whole: true },
    { title: 'name' },
    { title: 'deployed' },
    { title: 'by', optional: true },
  ] as const;
  return renderTable(columns, rows, { width: io.stdout.columns, paint: painter(io, io.stdout) });
}
