import type { Command } from 'commander';
import type { DefinitionView } from '@procos/contracts';
import type { Io } from '../io.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { renderTable, type Row } from '../output/table.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

export function processesCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'processes',
    summary: 'List the processes that can be run, each with its newest version.',
    examples: [
      ['procos processes', 'the keys that procos run takes'],
      ['procos processes --json', 'the same for a program'],
    ],
  }).action(async (options: GatewayOptions) => {
    const { definitions } = await connect(io, options).get<{ definitions: DefinitionView[] }>('/v1/process-definitions');
    report(io, options, { definitions }, () => (definitions.length === 0 ? nothing : renderDefinitions(definitions, io)));
  });
}

const nothing = 'No process is deployed. Deploy one with: npx procos deploy <file.bpmn>\n';

function renderDefinitions(definitions: readonly DefinitionView[], io: Io): string {
  const rows = definitions.map(({ key, version, name }): Row => [key, String(version), name ?? '']);
  const columns = [{ title: 'process', whole: true }, { title: 'version', align: 'right' }, { title: 'name' }] as const;
  return renderTable(columns, rows, { width: io.stdout.columns, paint: painter(io, io.stdout) });
}
