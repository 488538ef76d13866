import { traceparentVariable } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { isTraceparent } from '@procos/telemetry';
import type { HistoryEvent } from './history-event.ts';

/** Instances remembered; the engine is asked again for one that was forgotten. */
const remembered = 10_000;
const atOnce = 500;

/** Gives events the trace of their instance, so that whoever receives one goes on with it. */
export function createTraceContext({
  history,
}: EngineClient): (events: readonly HistoryEvent[]) => Promise<readonly HistoryEvent[]> {
  const traces = new Map<string, string | undefined>();
  const learn = async (ids: readonly string[]): Promise<void> => {
    const found = await history.variableOf(traceparentVariable, ids);
    for (const id of ids) {
      const value = found.get(id);
      // Any process may have a variable of that name.
      traces.set(id, isTraceparent(value) ? value : undefined);
    }
  };
  return async (events) => {
    const unknown = [
      ...new Set(events.flatMap(({ instanceId: id }) => (id === undefined || traces.has(id) ? [] : [id]))),
    ];
    for (let from = 0; from < unknown.length; from += atOnce) await learn(unknown.slice(from, from + atOnce));
    const traced = events.map((one) => {
      const traceparent = traces.get(one.instanceId ?? '');
      return traceparent === undefined ? one : { ...one, event: { ...one.event, traceparent } };
    });
    for (const id of traces.keys()) {
      if (traces.size <= remembered) break;
      traces.delete(id);
    }
    return traced;
  };
}
