import type { Command } from 'commander';
import type { SystemStatus } from '@procos/api-client';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { formatDuration, formatValue, plural } from '../output/format.ts';
import { report } from '../output/report.ts';
import { painter, printable, printableHint, type Paint } from '../output/style.ts';
import { type Cell, renderTable, type Row } from '../output/table.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

export function statusCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'status',
    summary: 'Is the system up, and what is each part of it doing? Exits with 1 unless all of it is ready.',
    examples: [
      ['procos status', 'engine, orchestrator, services, open incidents'],
      ['procos status --json', 'the same for a program'],
    ],
  }).action(async (options: GatewayOptions) => {
    const status = await connect(io, options).getStatus();
    if (!isHealthy(status)) io.exitCode = exitCodes.failed;
    report(io, options, status, () => renderStatus(status, io));
  });
}

function isHealthy({ state }: SystemStatus): boolean {
  return state === 'RUNNING';
}

function renderStatus(status: SystemStatus, io: Io): string {
  const { state, engine, orchestrator, services, instances, incidents, problems, uptimeMs } = status;
  const paint = painter(io, io.stdout);
  const facts: Row[] = [
    ['state', { text: state, tone: isHealthy(status) ? 'good' : 'bad' }],
    [
      'engine',
      engine.reachable
        ? `${engine.version ?? 'unknown version'} at ${engine.url}`
        : { text: `does not answer at ${engine.url}`, tone: 'bad' },
    ],
    ['broker', renderBroker(status.broker)],
    [
      'orchestrator',
      orchestrator === null
        ? { text: 'not running', tone: 'warn' }
        : `${orchestrator.state} (${orchestrator.instanceId})`,
    ],
    ['instances', `${instances.active} active`],
    [
      'incidents',
      incidents.open === 0 ? 'none open' : { text: `${incidents.open} open → npx procos incidents`, tone: 'bad' },
    ],
    ['up for', formatDuration(uptimeMs)],
  ];
  const width = io.stdout.columns;
  return [
    renderTable([{ title: 'system', whole: true }, { title: '' }], facts, { width, paint }),
    `\n${plural(services.length, 'service')}\n`,
    renderServices(services, width, paint),
    ...problems.map(({ what, remedy }) => `\n${paint('!', 'bad')} ${printable(what)}\n  → ${printableHint(remedy)}\n`),
  ].join('');
}

function renderBroker(broker: SystemStatus['broker']): string | Cell {
  if (broker === null) return 'none: events stay in the process';
  if (broker.reachable) return `RabbitMQ ${broker.version ?? ''} at ${broker.url}`;
  return { text: `RabbitMQ at ${broker.url} is away`, tone: 'bad' };
}

function renderServices(
  services: readonly SystemStatus['services'][number][],
  width: number | undefined,
  paint: Paint,
): string {
  const rows = services.map(
    ({ name, url, ready, details }): Row => [
      ready ? { text: '✓ ready', tone: 'good' } : { text: '✗ not ready', tone: 'bad' },
      name,
      url,
      ready ? '' : formatValue(details),
    ],
  );
  return renderTable([{ title: '' }, { title: 'name', whole: true }, { title: 'address' }, { title: 'why' }], rows, {
    width,
    paint,
  });
}
