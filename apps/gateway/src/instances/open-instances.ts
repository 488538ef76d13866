import type { Caller } from '@procos/contracts';
import type { EngineClient, HistoricActivity } from '@procos/engine-client';

/** Calls within calls are followed this deep: further down, the lists of all tasks and incidents have them. */
const deepest = 10;

/** A running instance, and where its token stands. */
export interface OpenInstance {
  readonly id: string;
  readonly processKey: string;
  readonly standsAt: readonly HistoricActivity[];
  /** Who waits for it: the nearest caller first. */
  readonly callers: readonly Caller[];
}

/**
 * A running instance and those that it has called, at whatever depth.
 *
 * @param path what the token of the instance has passed; paths of called ones are read
 */
export async function openInstances(
  engine: EngineClient,
  { id, processKey }: Pick<OpenInstance, 'id' | 'processKey'>,
  path: readonly HistoricActivity[],
  callers: readonly Caller[] = [],
): Promise<OpenInstance[]> {
  const standsAt = path.filter(({ endTime }) => endTime === null);
  const calls = callers.length === deepest ? [] : standsAt;
  const below = await Promise.all(
    calls.flatMap(({ activityId, calledProcessInstanceId: called }) =>
      called === null ? [] : [calledBy(engine, called, [{ instanceId: id, processKey, activityId }, ...callers])],
    ),
  );
  return [{ id, processKey, standsAt, callers }, ...below.flat()];
}

async function calledBy(engine: EngineClient, id: string, callers: readonly Caller[]): Promise<OpenInstance[]> {
  const path = await engine.history.path(id);
  return openInstances(engine, { id, processKey: path[0]?.processDefinitionKey ?? '' }, path, callers);
}
