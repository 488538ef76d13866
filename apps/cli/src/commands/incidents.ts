import type { Command } from 'commander';
import type { IncidentView } from '@procos/api-client';
import type { Io } from '../io.ts';
import { plural } from '../output/format.ts';
import { pageOf, pageOptions, type PageOptions } from '../input/pages.ts';
import { renderIncidents } from '../output/failure-view.ts';
import { moreHint } from '../output/more-hint.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

export function incidentsCommand(io: Io): Command {
  const command = newGatewayCommand({
    usage: 'incidents',
    summary: 'List the open incidents: what stands still until a person decides.',
    examples: [
      ['procos incidents', 'each with its cause and the command that lets it go on'],
      ['procos incidents --json', 'the same for a program'],
    ],
  });
  return pageOptions(command).action(async (options: GatewayOptions & PageOptions) => {
    const { items: incidents, total } = await pageOf(connect(io, options).lists.listIncidents(), options);
    report(
      io,
      options,
      { incidents, total },
      () => renderList(incidents, total, io) + moreHint('procos incidents', options, incidents.length, total),
    );
  });
}

function renderList(incidents: readonly IncidentView[], total: number, io: Io): string {
  if (total === 0) return '✓ No incident is open.\n';
  const look = { width: io.stdout.columns, paint: painter(io, io.stdout) };
  return `${plural(total, 'open incident')}\n\n${renderIncidents(incidents, look)}`;
}
