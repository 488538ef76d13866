import type { EngineClient, EventSubscription } from '@procos/engine-client';
import { nearestWord } from '@procos/errors';

/** So many are named; a person reads no more. */
const named = 10;

/** What to do when nobody waits for a message or a signal: who waits for it elsewhere, or what is waited for instead. */
export async function nearCandidates(
  engine: EngineClient,
  eventType: 'message' | 'signal',
  name: string,
): Promise<{ hint: string; candidates: string[] }> {
  const subscriptions = await engine.runtime.eventSubscriptions({ eventType });
  const same = subscriptions.filter(({ eventName }) => eventName === name);
  const candidates = same.slice(0, named).map(renderSubscription);
  if (same.length > 0)
    return {
      hint: `${same.length} wait for it otherwise: ${candidates.join('; ')}. Check instance, business key and correlation.`,
      candidates,
    };
  const names = [
    ...new Set(subscriptions.flatMap(({ eventName }) => (eventName === null ? [] : [eventName]))),
  ].toSorted();
  const near = nearestWord(name, names);
  const others = names.slice(0, named);
  const list =
    others.length === 0
      ? `No instance waits for any ${eventType} now.`
      : `What is waited for: ${others.join(', ')}${names.length > named ? ', …' : ''}.`;
  return {
    hint: near === undefined ? list : `Did you mean ${near}? ${list}`,
    candidates: near === undefined ? others : [near],
  };
}

/** Who waits, in words. */
export function renderSubscription({ processInstanceId, activityId }: EventSubscription): string {
  return processInstanceId === null
    ? `the start event ${activityId ?? ''}`.trim()
    : `instance ${processInstanceId} at ${activityId ?? 'an element'}`;
}
