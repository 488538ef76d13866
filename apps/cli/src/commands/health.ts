import type { Command } from 'commander';
import type { SystemStatus } from '@procos/api-client';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { formatValue, plural } from '../output/format.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { type Cell, renderTable } from '../output/table.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

/** One part of the system, and whether it is well. */
interface Health {
  readonly part: string;
  readonly healthy: boolean;
  readonly detail: string;
}

export function healthCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'health',
    summary: 'Is each part of the system well? Exits with 1 when one is not, with 3 when nothing answers.',
    examples: [
      [
        'procos health',
        'one line for the engine, RabbitMQ, the orchestrator, the incidents and each service with its process',
      ],
      ['procos health --json && echo well', 'for a script or a monitor'],
    ],
  }).action(async (options: GatewayOptions) => {
    const parts = partsOf(await connect(io, options).getStatus());
    const healthy = parts.every((part) => part.healthy);
    if (!healthy) io.exitCode = exitCodes.failed;
    report(io, options, { healthy, parts }, () => renderParts(io, parts));
  });
}

function partsOf({
  engine,
  broker,
  orchestrator,
  instances,
  incidents,
  services,
  processes,
}: SystemStatus): readonly Health[] {
  const enginePid = processes.find(({ parts }) => parts.includes('engine'))?.pid;
  return [
    {
      part: 'engine',
      healthy: engine.reachable,
      detail: engine.reachable
        ? `${engine.version ?? 'unknown version'} at ${engine.url}, ${plural(engine.processes, 'process definition')}, ${plural(instances.active, 'instance')} active${inProcess(enginePid)}`
        : `does not answer at ${engine.url}`,
    },
    brokerHealth(broker),
    {
      part: 'orchestrator',
      healthy: orchestrator?.state === 'RUNNING',
      detail: orchestrator === null ? 'not running' : `${orchestrator.state} (${orchestrator.instanceId})`,
    },
    // What stands still needs a person: the system does not get over it by itself.
    {
      part: 'incidents',
      healthy: incidents.open === 0,
      detail: incidents.open === 0 ? 'none open' : `${incidents.open} open → npx procos incidents`,
    },
    ...services.map(
      ({ name, url, ready, details }): Health => ({
        part: name,
        healthy: ready,
        detail: ready ? `${url}${inProcess(details['pid'])}` : `not ready at ${url}: ${formatValue(details)}`,
      }),
    ),
  ];
}

/** Empty for a service that does not tell its process. */
const inProcess = (pid: unknown) => (typeof pid === 'number' ? `, process ${pid}` : '');

function brokerHealth(broker: SystemStatus['broker']): Health {
  if (broker === null)
    return { part: 'broker', healthy: true, detail: 'none: the system is embedded, events stay in its process' };
  const { reachable, version, url, reason } = broker;
  const detail = reachable ? `RabbitMQ ${version ?? ''} at ${url}` : `RabbitMQ at ${url} is away: ${reason ?? ''}`;
  return { part: 'broker', healthy: reachable, detail };
}

function renderParts(io: Io, parts: readonly Health[]): string {
  const mark = (healthy: boolean): Cell => (healthy ? { text: '✓', tone: 'good' } : { text: '✗', tone: 'bad' });
  const rows = parts.map(({ part, healthy, detail }) => [mark(healthy), part, detail]);
  return renderTable([{ title: '' }, { title: 'part', whole: true }, { title: 'what' }], rows, {
    width: io.stdout.columns,
    paint: painter(io, io.stdout),
  });
}
