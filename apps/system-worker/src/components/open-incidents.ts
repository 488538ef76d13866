import { processKeys, recoveryBusinessKey } from '@procos/contracts';
import { type EngineClient, type HistoricIncident, type Incident, toEngineTime } from '@procos/engine-client';

/** Incidents handed to recovery by one check: with a check every 30 s a flood is told at 20 a minute, oldest first. */
const incidentsPerCheck = 10;
const pageSize = 200;
/** Open incidents looked through by one check; the rest waits until older ones are resolved. */
const mostLookedThrough = 5_000;

/** Processes that recover: what stops them waits for a person, or recovery would call itself. */
const recoverers: readonly (string | null)[] = [processKeys.errorRecovery, processKeys.healthMonitoring];

/** Variable of the execution that an incident stopped: the incident that a recovery has taken there. It ends with the execution. */
const takenVariable = 'procos_recovered_incident';

/**
 * Open incidents that no recovery has ever taken, oldest first. Whether one was taken is read from the engine: by the business
 * key of the recovery, and by the mark that it leaves, when its history has been deleted. So it holds over restarts of every
 * part, and for those that were reported to people.
 *
 * @param delayMs younger ones are left alone: an outage that outlived all tries of a task needs time to pass
 * @param most of them @default 10
 */
export async function incidentsToRecover(
  engine: EngineClient,
  delayMs: number,
  most = incidentsPerCheck,
): Promise<readonly string[]> {
  const createTimeBefore = toEngineTime(new Date(Date.now() - delayMs));
  const found: string[] = [];
  for (let firstResult = 0; firstResult < mostLookedThrough; firstResult += pageSize) {
    const page = await engine.history.incidents({
      open: true,
      createTimeBefore,
      sortBy: 'createTime',
      sortOrder: 'asc',
      firstResult,
      maxResults: pageSize,
    });
    found.push(...(await untaken(engine, page.filter(needsRecovery))));
    if (page.length < pageSize || found.length >= most) break;
  }
  return found.slice(0, most);
}

/** The engine repeats an incident in every calling instance: only the one where it began can be mended. */
function needsRecovery({ id, rootCauseIncidentId, processDefinitionKey }: HistoricIncident): boolean {
  return (rootCauseIncidentId === null || rootCauseIncidentId === id) && !recoverers.includes(processDefinitionKey);
}

async function untaken(engine: EngineClient, incidents: readonly HistoricIncident[]): Promise<readonly string[]> {
  if (incidents.length === 0) return [];
  const keys = incidents.map(({ id }) => recoveryBusinessKey(id));
  const recoveries = await engine.history.instances(
    { processDefinitionKey: processKeys.errorRecovery, processInstanceBusinessKeyIn: keys },
    { maxResults: 2 * keys.length },
  );
  const taken = new Set(recoveries.map(({ businessKey }) => businessKey));
  const unknown = incidents.filter(({ id }) => !taken.has(recoveryBusinessKey(id)));
  const executions = unknown.flatMap(({ executionId }) => executionId ?? []);
  const marked = new Set(await engine.runtime.localVariablesNamed(takenVariable, executions));
  return unknown.map(({ id }) => id).filter((id) => !marked.has(id));
}

/** Notes where an incident is that a recovery has taken it. One that is in no instance, or resolved by now, stays without. */
export async function markTaken(engine: EngineClient, { id, executionId }: Incident): Promise<void> {
  if (executionId === undefined || executionId === null) return;
  try {
    await engine.runtime.setLocalVariable(executionId, takenVariable, id);
  } catch (thrown) {
    if ((await engine.runtime.incident(id)) !== undefined) throw thrown;
  }
}

/** The recovery that took an incident first, when it is another than this one: two checks at the same moment find the same. */
export async function otherRecovery(
  engine: EngineClient,
  incidentId: string,
  ownInstanceId: string,
): Promise<string | undefined> {
  const [first] = await engine.history.instances(
    {
      processDefinitionKey: processKeys.errorRecovery,
      processInstanceBusinessKey: recoveryBusinessKey(incidentId),
      sorting: [
        { sortBy: 'startTime', sortOrder: 'asc' },
        { sortBy: 'instanceId', sortOrder: 'asc' },
      ],
    },
    { maxResults: 1 },
  );
  return first === undefined || first.id === ownInstanceId ? undefined : first.id;
}
