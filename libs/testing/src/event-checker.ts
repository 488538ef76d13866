import type { ProcosEvent } from '@procos/contracts';
import type { EngineClient, HistoricActivity } from '@procos/engine-client';

/** How what was received compares with what the engine's history holds. */
export interface EventCheck {
  /** In the history, and never received. */
  readonly lost: readonly string[];
  /** Received, and not in the history. */
  readonly unexpected: readonly string[];
  /** Received again with the same id: to be told apart by it. */
  readonly duplicated: number;
  /** Received with another id than before. */
  readonly unstable: readonly string[];
  /** Received before what had led to it. */
  readonly outOfOrder: readonly string[];
}

/** Instances that the engine is asked about at once. */
const atOnce = 16;

/** Compares the events of some instances with the engine's own history, in which each passage of an element is one row. */
export async function checkEvents(
  { history }: EngineClient,
  instanceIds: readonly string[],
  received: readonly ProcosEvent[],
): Promise<EventCheck> {
  const of = new Map<string, ProcosEvent[]>(instanceIds.map((id) => [id, []]));
  for (const event of received) of.get(event.subject ?? '')?.push(event);
  const checks: EventCheck[] = [];
  const waiting = [...of];
  const checker = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      checks.push(compare(await expectedOf(history, next[0]), next[1]));
  };
  await Promise.all(Array.from({ length: atOnce }, checker));
  return {
    lost: checks.flatMap(({ lost }) => lost),
    unexpected: checks.flatMap(({ unexpected }) => unexpected),
    duplicated: checks.reduce((sum, { duplicated }) => sum + duplicated, 0),
    unstable: checks.flatMap(({ unstable }) => unstable),
    outOfOrder: checks.flatMap(({ outOfOrder }) => outOfOrder),
  };
}

const isOfHistory = ({ type }: ProcosEvent) => type.startsWith('process.') || type.startsWith('activity.');

interface Expected {
  readonly names: readonly string[];
  /** What tasks and incidents must be told of; whatever else is told of them the history does not hold. */
  readonly work: readonly string[];
  /** Which of them must come before which. */
  readonly order: readonly (readonly [before: string, after: string])[];
}

/** What must be told of an instance. Processes in these tests have one path: what follows something comes after its end. */
async function expectedOf(history: EngineClient['history'], id: string): Promise<Expected> {
  const instance = await history.instance(id);
  if (instance === undefined) return { names: [], work: [], order: [] };
  const key = instance.processDefinitionKey;
  const path = await history.path(id);
  const begins = ({ id: row, activityId }: HistoricActivity) => `activity.${key}.${activityId}.started ${row}`;
  const ends = ({ id: row, activityId, canceled, endTime }: HistoricActivity) =>
    endTime === null ? [] : [`activity.${key}.${activityId}.${canceled ? 'canceled' : 'completed'} ${row}`];
  const begun = `process.${key}.started ${id}`;
  const over =
    instance.endTime === null
      ? []
      : [`process.${key}.${instance.state === 'COMPLETED' ? 'completed' : 'terminated'} ${id}`];
  const order = path.flatMap((row, index) => {
    const scope = path.find((other) => other.id === row.parentActivityInstanceId);
    const next = path.slice(index + 1).find((other) => other.parentActivityInstanceId === row.parentActivityInstanceId);
    const [own, after] = [
      ends(row),
      [...(next === undefined ? [] : [begins(next)]), ...(scope === undefined ? over : ends(scope))],
    ];
    return [
      [scope === undefined ? begun : begins(scope), begins(row)] as const,
      ...own.flatMap((end) => [[begins(row), end] as const, ...after.map((later) => [end, later] as const)]),
    ];
  });
  const names = [begun, ...path.flatMap((row) => [begins(row), ...ends(row)]), ...over];
  return { names, work: await workOf(history, id), order };
}

/** The engine logs tasks that were made, done and failed; the error of a process it does not. */
async function workOf(history: EngineClient['history'], processInstanceId: string): Promise<readonly string[]> {
  const [log, incidents] = await Promise.all([
    history.taskLog({ processInstanceId }),
    history.incidents({ processInstanceId }),
  ]);
  const tasks = log.flatMap(({ topicName, activityInstanceId, creationLog, successLog, failureLog }) => {
    const what = creationLog ? 'created' : successLog ? 'completed' : failureLog ? 'failed' : undefined;
    return what === undefined ? [] : [`task.${topicName}.${what} ${activityInstanceId}`];
  });
  const own = incidents.filter(
    ({ rootCauseIncidentId, id }) => rootCauseIncidentId === null || rootCauseIncidentId === id,
  );
  return [
    ...tasks,
    ...own.flatMap(({ incidentType: type, id, endTime }) => [
      `incident.${type}.opened ${id}`,
      ...(endTime === null ? [] : [`incident.${type}.resolved ${id}`]),
    ]),
  ];
}

const nameOf = ({ type, subject, data: { activityInstanceId, incidentId } }: ProcosEvent) =>
  `${type} ${[activityInstanceId, incidentId].find((id) => typeof id === 'string') ?? String(subject)}`;

function compare({ names, work, order }: Expected, all: readonly ProcosEvent[]): EventCheck {
  const events = all.filter(isOfHistory);
  const ids = new Map<string, string>();
  const unstable = [];
  for (const event of events) {
    const name = nameOf(event);
    const known = ids.get(name);
    if (known !== undefined && known !== event.id) unstable.push(name);
    ids.set(name, known ?? event.id);
  }
  const wanted = new Set(names);
  const received = new Set(all.map(nameOf));
  const firsts = [...ids.keys()];
  const place = new Map(firsts.map((name, index) => [name, index]));
  const at = (name: string) => place.get(name) ?? Number.NaN;
  return {
    lost: [...names.filter((name) => !ids.has(name)), ...work.filter((name) => !received.has(name))],
    unexpected: firsts.filter((name) => !wanted.has(name)),
    duplicated: events.length - firsts.length,
    unstable,
    outOfOrder: [
      ...order
        .filter(([before, after]) => at(before) > at(after))
        .map(([before, after]) => `${after} came before ${before}`),
      ...tasksOutOfOrder(all),
    ],
  };
}

/** A task is created first, and done once. The first failures of a quiet time may be told late, which the README says. */
function tasksOutOfOrder(all: readonly ProcosEvent[]): readonly string[] {
  const tasks = new Map(all.filter(({ type }) => type.startsWith('task.')).map((event) => [event.id, event]));
  const created = new Set<unknown>();
  return [...tasks.values()].flatMap(({ type, data: { activityInstanceId } }) => {
    if (type.endsWith('.created')) created.add(activityInstanceId);
    return created.has(activityInstanceId) ? [] : [`${type} of ${String(activityInstanceId)} came before its creation`];
  });
}
