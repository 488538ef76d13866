import type { Command } from 'commander';
import type { InstanceSummary } from '@procos/contracts';
import { wholeNumber } from '../input/whole-number.ts';
import type { Io } from '../io.ts';
import { formatDuration, formatTime } from '../output/format.ts';
import { toneOf } from '../output/instance-view.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { renderTable, type Row } from '../output/table.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

interface PsOptions extends GatewayOptions {
  readonly all?: boolean;
  readonly process?: string;
  readonly state?: string;
  readonly businessKey?: string;
  readonly limit: number;
}

export function psCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'ps',
    summary: 'List process instances, newest first. Without --all or --state: those that run.',
    examples: [
      ['procos ps', 'what runs now'],
      ['procos ps --all --process ai_query_process --limit 5', 'the last five of one process, ended ones too'],
    ],
  })
    .option('-a, --all', 'ended instances too')
    .option('--process <key>', 'only of this process')
    .option('--state <state>', 'RUNNING, SUSPENDED, COMPLETED or TERMINATED')
    .option('--business-key <key>', 'only with this business key')
    .option('--limit <count>', 'at most so many', wholeNumber, 50)
    .action(async (options: PsOptions) => {
      const { process, businessKey, limit } = options;
      const state = options.state?.toUpperCase() ?? (options.all === true ? undefined : 'RUNNING');
      const query = { process, businessKey, limit, state };
      const { instances } = await connect(io, options).get<{ instances: InstanceSummary[] }>('/v1/instances', { query });
      report(io, options, { instances }, () => (instances.length === 0 ? nothing(state) : renderInstances(instances, io)));
    });
}

function nothing(state: string | undefined): string {
  return state === 'RUNNING' ? 'Nothing runs. See what has ended with: npx procos ps --all\n' : 'No instance matches.\n';
}

function renderInstances(instances: readonly InstanceSummary[], io: Io): string {
  const rows = instances.map((instance): Row => [
    instance.id,
    instance.processKey,
    { text: String(instance.version) },
    { text: instance.state, tone: toneOf(instance.state, null) },
    formatTime(instance.startTime),
    formatDuration(instance.durationMs ?? Date.now() - new Date(instance.startTime).getTime()),
    instance.businessKey ?? '',
  ]);
  const columns = [
    { title: 'instance', whole: true },
    { title: 'process' },
    { title: 'ver', align: 'right' },
    { title: 'state' },
    { title: 'started' },
    { title: 'age/took', align: 'right' },
    { title: 'business key' },
  ] as const;
  return renderTable(columns, rows, { width: io.stdout.columns, paint: painter(io, io.stdout) });
}
