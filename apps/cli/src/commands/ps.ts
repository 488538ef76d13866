import type { Command } from 'commander';
import { type InstanceSummary, type Listing, listingOf } from '@procos/api-client';
import type { GatewayClient } from '../gateway-client.ts';
import { pageOf, pageOptions, type PageOptions } from '../input/pages.ts';
import type { Io } from '../io.ts';
import { formatDuration, formatTime } from '../output/format.ts';
import { toneOf } from '../output/instance-view.ts';
import { moreHint } from '../output/more-hint.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { renderTable, type Row } from '../output/table.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

interface PsOptions extends GatewayOptions, PageOptions {
  readonly all?: boolean;
  readonly process?: string;
  readonly state?: string;
  readonly businessKey?: string;
}

export function psCommand(io: Io): Command {
  const command = newGatewayCommand({
    usage: 'ps',
    summary: 'List process instances, newest first. Without --all or --state: those that run.',
    examples: [
      ['procos ps', 'what runs now'],
      ['procos ps --all --process ai_query_process --limit 5', 'the last five of one process, ended ones too'],
      ['procos ps --state FAILED --limit 0', 'all that ended in an error'],
    ],
  });
  return pageOptions(command, 50)
    .option('-a, --all', 'ended instances too')
    .option('--process <key>', 'only of this process')
    .option('--state <state>', 'RUNNING, SUSPENDED, COMPLETED, FAILED or TERMINATED')
    .option('--business-key <key>', 'only with this business key')
    .action(async (options: PsOptions) => {
      const { process, businessKey } = options;
      const state = options.state?.toUpperCase() ?? (options.all === true ? undefined : 'RUNNING');
      const { items: instances, total } = await pageOf(
        instancesAsWritten(connect(io, options), { process, businessKey, state }),
        options,
      );
      report(io, options, { instances, total }, () =>
        total === 0
          ? nothing(state)
          : renderInstances(instances, io) + moreHint(again(options), options, instances.length, total),
      );
    });
}

/** A state that there is not, the gateway refuses: it knows which there are. */
function instancesAsWritten(
  gateway: GatewayClient,
  query: Readonly<Record<string, string | undefined>>,
): Listing<InstanceSummary> {
  return listingOf(async (page) => {
    const { instances: items, total } = await gateway.callAsWritten('listInstances', { query: { ...query, ...page } });
    return { items, total };
  });
}

/** The command as it was given, without the page. */
function again({ all, process, state, businessKey }: PsOptions): string {
  const given = [
    ['--process', process],
    ['--state', state],
    ['--business-key', businessKey],
  ].flatMap(([option, value]) => (value === undefined ? [] : [`${option} ${JSON.stringify(value)}`]));
  return ['procos ps', ...(all === true ? ['--all'] : []), ...given].join(' ');
}

function nothing(state: string | undefined): string {
  return state === 'RUNNING'
    ? 'Nothing runs. See what has ended with: npx procos ps --all\n'
    : 'No instance matches.\n';
}

function renderInstances(instances: readonly InstanceSummary[], io: Io): string {
  const rows = instances.map(
    (instance): Row => [
      instance.id,
      instance.processKey,
      { text: String(instance.version) },
      { text: instance.state, tone: toneOf(instance.state, null) },
      formatTime(instance.startTime),
      formatDuration(instance.durationMs ?? Date.now() - new Date(instance.startTime).getTime()),
      instance.businessKey ?? '',
    ],
  );
  const columns = [
    { title: 'instance', whole: true },
    { title: 'process', whole: true },
    { title: 'ver', align: 'right', optional: true },
    { title: 'state', whole: true },
    { title: 'started', optional: true },
    { title: 'age/took', align: 'right', optional: true },
    { title: 'business key', optional: true },
  ] as const;
  return renderTable(columns, rows, { width: io.stdout.columns, paint: painter(io, io.stdout) });
}
