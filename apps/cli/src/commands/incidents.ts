import type { Command } from 'commander';
import type { IncidentView } from '@procos/contracts';
import type { Io } from '../io.ts';
import { plural } from '../output/format.ts';
import { renderIncidents } from '../output/failure-view.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

export function incidentsCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'incidents',
    summary: 'List the open incidents: what stands still until a person decides.',
    examples: [
      ['procos incidents', 'each with its cause and the command that lets it go on'],
      ['procos incidents --json', 'the same for a program'],
    ],
  }).action(async (options: GatewayOptions) => {
    const { incidents } = await connect(io, options).get<{ incidents: IncidentView[] }>('/v1/incidents');
    report(io, options, { incidents }, () => renderList(incidents, io));
  });
}

function renderList(incidents: readonly IncidentView[], io: Io): string {
  if (incidents.length === 0) return '✓ No incident is open.\n';
  const look = { width: io.stdout.columns, paint: painter(io, io.stdout) };
  return `${plural(incidents.length, 'open incident')}\n\n${renderIncidents(incidents, look)}`;
}
