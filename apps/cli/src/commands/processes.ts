import type { Command } from 'commander';
import type { DefinitionView } from '@procos/api-client';
import type { Io } from '../io.ts';
import { pageOf, pageOptions, type PageOptions } from '../input/pages.ts';
import { moreHint } from '../output/more-hint.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { renderTable, type Row } from '../output/table.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

export function processesCommand(io: Io): Command {
  const command = newGatewayCommand({
    usage: 'processes',
    summary: 'List the processes that can be run, each with its newest version.',
    examples: [
      ['procos processes', 'the keys that procos run takes'],
      ['procos processes --json', 'the same for a program'],
    ],
  });
  return pageOptions(command, 500).action(async (options: GatewayOptions & PageOptions) => {
    const { items: definitions, total } = await pageOf(connect(io, options).lists.listDefinitions(), options);
    report(io, options, { definitions, total }, () =>
      total === 0
        ? nothing
        : renderDefinitions(definitions, io) + moreHint('procos processes', options, definitions.length, total),
    );
  });
}

const nothing = 'No process is deployed. Deploy one with: npx procos deploy <file.bpmn>\n';

function renderDefinitions(definitions: readonly DefinitionView[], io: Io): string {
  const rows = definitions.map(
    ({ key, version, name, suspended }): Row => [
      key,
      String(version),
      suspended ? { text: 'suspended', tone: 'warn' } : '',
      name ?? '',
    ],
  );
  const columns = [
    { title: 'process', whole: true },
    { title: 'version', align: 'right' },
    { title: 'state' },
    { title: 'name' },
  ] as const;
  return renderTable(columns, rows, { width: io.stdout.columns, paint: painter(io, io.stdout) });
}
