import type { CoreState } from './core-state.ts';
import { type CoreOptions, defaultTopicConcurrency } from './options.ts';

/** What to ask the engine for. */
export interface FetchPlan {
  readonly topics: readonly string[];
  readonly maxTasks: number;
}

interface OpenTopic {
  readonly topic: string;
  readonly room: number;
}

/** Topics that have room and nothing waiting for it. */
export function openTopics(state: CoreState, now: number): readonly OpenTopic[] {
  const waiting = new Set<string>();
  for (const { stage, task } of state.leases.values())
    if (stage === 'waiting' || stage === 'asking') waiting.add(task.topic);
  const places = placesOf(state.options.concurrency, state.shares, state.heldOf);
  const open: OpenTopic[] = [];
  for (const [topic, gate] of state.gates) {
    const room = waiting.has(topic) ? 0 : Math.min(gate.room(now), places(topic));
    if (room > 0) open.push({ topic, room });
  }
  return open;
}

/** Places of the window that are kept for each topic: half of the window is shared out among them. */
export function sharesOf({
  concurrency,
  topics,
}: Pick<CoreOptions, 'concurrency' | 'topics'>): ReadonlyMap<string, number> {
  const entries = Object.entries(topics);
  const share = Math.max(Math.floor(concurrency / (2 * entries.length)), concurrency > entries.length ? 1 : 0);
  return new Map(
    entries.map(([topic, limits]) => [topic, Math.min(share, limits.concurrency ?? defaultTopicConcurrency)]),
  );
}

/**
 * Places that a topic may take: what is missing to the share of another is kept from those that have theirs. So however
 * many tasks the slow ones have, the others find a place.
 *
 * @param held tasks of each topic
 */
export function placesOf(
  concurrency: number,
  shares: ReadonlyMap<string, number>,
  held: ReadonlyMap<string, number>,
): (topic: string) => number {
  const missing = (topic: string, share: number) => Math.max(0, share - (held.get(topic) ?? 0));
  let unkept = concurrency;
  for (const [topic, share] of shares) unkept -= (held.get(topic) ?? 0) + missing(topic, share);
  return (topic) => {
    const own = missing(topic, shares.get(topic) ?? 0);
    // What is missing to its own share is not kept from a topic.
    return Math.max(own, unkept + own);
  };
}

/**
 * What is listed may all be given out, so no more is asked for than the scarcest listed topic has room for. That would
 * throttle the others while one is nearly full, so with a backlog every other fetch leaves the scarce ones out.
 */
export function planFetch(state: CoreState, open: readonly OpenTopic[], skipScarce = false): FetchPlan | undefined {
  const roomy = open.filter(({ room }) => room * 2 >= state.options.maxTasks);
  const listed = skipScarce && roomy.length > 0 ? roomy : open;
  const maxTasks = Math.min(freePlaces(state), state.options.maxTasks, ...listed.map(({ room }) => room));
  if (listed.length === 0 || maxTasks <= 0) return undefined;
  return { topics: listed.map(({ topic }) => topic), maxTasks };
}

/**
 * Places of the window that no task has and no open fetch may still fill. A poll that the engine has forgotten fills
 * none; should it have been answered just before, up to `maxTasks` tasks more than the window are held for a moment.
 */
export function freePlaces({ options, leases, fetches, forgetsSuperseded }: CoreState): number {
  let promised = 0;
  for (const { maxTasks, superseded } of fetches.values()) if (!superseded || !forgetsSuperseded) promised += maxTasks;
  return options.concurrency - leases.size - promised;
}
