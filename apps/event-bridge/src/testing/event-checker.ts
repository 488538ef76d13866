import type { ProcosEvent } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';

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

/** Compares the events of some instances with the engine's own history, in which each passage of an element is one row. */
export async function checkEvents({ history }: EngineClient, instanceIds: readonly string[], received: readonly ProcosEvent[]): Promise<EventCheck> {
  const of = new Map<string, ProcosEvent[]>(instanceIds.map((id) => [id, []]));
  for (const event of received) of.get(event.subject ?? '')?.push(event);
  const checks = await Promise.all([...of].map(async ([id, events]) => compare(await expectedOf(history, id), events.filter(isOfHistory))));
  return {
    lost: checks.flatMap(({ lost }) => lost),
    unexpected: checks.flatMap(({ unexpected }) => unexpected),
    duplicated: checks.reduce((sum, { duplicated }) => sum + duplicated, 0),
    unstable: checks.flatMap(({ unstable }) => unstable),
    outOfOrder: checks.flatMap(({ outOfOrder }) => outOfOrder),
  };
}

const isOfHistory = ({ type }: ProcosEvent) => type.startsWith('process.') || type.startsWith('activity.');

/** Names of what must be told of an instance, in the order in which its path leads from one to the next. */
async function expectedOf(history: EngineClient['history'], id: string): Promise<readonly string[]> {
  const instance = await history.instance(id);
  if (instance === undefined) return [];
  const key = instance.processDefinitionKey;
  const path = await history.path(id);
  const passages = path.flatMap(({ id: row, activityId, canceled, endTime }) => {
    const type = `activity.${key}.${activityId}`;
    return [`${type}.started ${row}`, ...(endTime === null ? [] : [`${type}.${canceled ? 'canceled' : 'completed'} ${row}`])];
  });
  const end = instance.endTime === null ? [] : [`process.${key}.${instance.state === 'COMPLETED' ? 'completed' : 'terminated'} ${id}`];
  return [`process.${key}.started ${id}`, ...passages, ...end];
}

const nameOf = ({ type, subject, data: { activityInstanceId } }: ProcosEvent) => `${type} ${typeof activityInstanceId === 'string' ? activityInstanceId : String(subject)}`;

function compare(expected: readonly string[], events: readonly ProcosEvent[]): EventCheck {
  const ids = new Map<string, string>();
  const unstable = [];
  for (const event of events) {
    const name = nameOf(event);
    const known = ids.get(name);
    if (known !== undefined && known !== event.id) unstable.push(name);
    ids.set(name, known ?? event.id);
  }
  const wanted = new Set(expected);
  const firsts = [...ids.keys()];
  return {
    lost: expected.filter((name) => !ids.has(name)),
    unexpected: firsts.filter((name) => !wanted.has(name)),
    duplicated: events.length - firsts.length,
    unstable,
    outOfOrder: disorder(expected, firsts),
  };
}

/** The instance begins first and ends last; elements begin in the order of the path, and none ends before it has begun. */
function disorder(expected: readonly string[], received: readonly string[]): readonly string[] {
  const place = new Map(received.map((name, index) => [name, index]));
  const at = (name: string | undefined) => place.get(name ?? '') ?? Number.NaN;
  const starts = expected.filter((name) => name.includes('.started '));
  const pairs = [
    ...starts.slice(1).map((name, index) => [starts[index], name] as const),
    ...expected.map((name, index) => [name, expected[index + 1]] as const).filter(([name, next]) => name.includes('.started ') && next?.split(' ')[1] === name.split(' ')[1]),
    ...expected.slice(0, -1).map((name) => [name, expected.at(-1)] as const).filter(([, last]) => last?.startsWith('process.') === true),
  ];
  return pairs.filter(([before, after]) => at(before) > at(after)).map(([before, after]) => `${after} came before ${before}`);
}
