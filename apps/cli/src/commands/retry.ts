import type { Command } from 'commander';
import { isProcosError } from '@procos/errors';
import type { IncidentView } from '@procos/api-client';
import { errors } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { GatewayClient } from '../gateway-client.ts';
import { incidentsOf } from '../input/incidents-of.ts';
import { pageOf } from '../input/pages.ts';
import type { Io } from '../io.ts';
import { report } from '../output/report.ts';
import { painter, printable, printableHint, type Paint } from '../output/style.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

interface RetryOptions extends GatewayOptions {
  readonly all?: boolean;
}

interface Retried {
  readonly incidentId: string;
  readonly instanceId: string;
  readonly activityId: string;
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly message: string; readonly remedy: string };
}

export function retryCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'retry [id]',
    summary: 'Try again what an incident stopped: the id of an incident, an instance or a request, or its beginning.',
    examples: [
      ['procos retry 7a2b8c1e-8a39-11f0-9d0c-0242ac120002', 'an id as procos incidents or procos show print it'],
      ['procos retry --all', 'everything that stands still, for example after a failed service is back'],
    ],
  })
    .option('--all', 'every open incident')
    .action(async (id: string | undefined, options: RetryOptions) => {
      if ((id === undefined) === (options.all !== true)) throw whichOne();
      const gateway = connect(io, options);
      const retried = await retryEach(gateway, await chosenIncidents(gateway, id));
      const ok = retried.every((each) => each.ok);
      if (!ok) io.exitCode = exitCodes.failed;
      report(io, options, { ok, retried }, () => renderRetried(retried, painter(io, io.stdout)));
    });
}

function whichOne(): Error {
  return errors.PROCOS_CLI_USAGE({
    problem: 'retry needs either the id of an incident or instance, or --all',
    advice: 'See the ids with: npx procos incidents',
  });
}

async function chosenIncidents(gateway: GatewayClient, id: string | undefined): Promise<readonly IncidentView[]> {
  const { items: incidents } = await pageOf(gateway.lists.listIncidents(), { limit: 0, offset: 0 });
  if (id === undefined) return incidents;
  return incidentsOf(incidents, id);
}

/** One after the other; one that is refused does not keep the others from being tried. */
async function retryEach(gateway: GatewayClient, incidents: readonly IncidentView[]): Promise<Retried[]> {
  const retried: Retried[] = [];
  for (const { id, instanceId, activityId } of incidents) {
    const place = { incidentId: id, instanceId, activityId };
    try {
      await gateway.retryIncident({ path: { id } });
      retried.push({ ...place, ok: true });
    } catch (error) {
      if (!isProcosError(error) || error.code === 'PROCOS_CLI_UNREACHABLE') throw error;
      const { code, message, remedy } = error;
      retried.push({ ...place, ok: false, error: { code, message, remedy } });
    }
  }
  return retried;
}

function renderRetried(retried: readonly Retried[], paint: Paint): string {
  if (retried.length === 0) return '✓ No incident is open: nothing to retry.\n';
  return retried
    .map(({ ok, activityId, instanceId, error }) => {
      const place = `${printable(activityId)} of instance ${instanceId}`;
      if (ok) return `${paint('✓', 'good')} ${place} is tried again → npx procos show ${instanceId}\n`;
      return `${paint('✗', 'bad')} ${place}: ${printable(error?.message ?? 'refused')}\n  → ${printableHint(error?.remedy ?? '')}\n`;
    })
    .join('');
}
