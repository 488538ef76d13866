import type { IncidentView } from '@procos/api-client';
import { errors } from '../errors.ts';

/** A beginning of an id that is shorter says nothing: many ids of an engine begin alike by chance. */
const shortestBeginning = 4;

/**
 * The incidents that an id stands for: one incident, those of an instance, or those behind an instance that waits for one it has
 * called, such as a request. The beginning of an id is enough where no other begins so.
 *
 * @throws PROCOS_CLI_NOTHING_TO_RETRY | PROCOS_CLI_AMBIGUOUS_ID
 */
export function incidentsOf(incidents: readonly IncidentView[], id: string): readonly IncidentView[] {
  const exact = incidents.filter((incident) => idsOf(incident).includes(id));
  if (exact.length > 0) return exact;
  if (id.length < shortestBeginning) throw errors.PROCOS_CLI_NOTHING_TO_RETRY({ id });
  const meant = [...new Set(incidents.flatMap(idsOf))].filter((known) => known.startsWith(id));
  const found = incidents.filter((incident) => idsOf(incident).some((known) => known.startsWith(id)));
  const [only] = found;
  if (only === undefined) throw errors.PROCOS_CLI_NOTHING_TO_RETRY({ id });
  // Incident and instance that begin alike are one thing as long as there is one incident.
  if (meant.length > 1 && found.length > 1)
    throw errors.PROCOS_CLI_AMBIGUOUS_ID({ id, ids: meant.slice(0, 5).join(', ') });
  return found;
}

function idsOf({ id, instanceId, callers }: IncidentView): readonly string[] {
  return [id, instanceId, ...callers.map((caller) => caller.instanceId)];
}
