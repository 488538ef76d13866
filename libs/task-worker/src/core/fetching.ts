import { growingWait } from '@procos/errors';
import { type CoreState, giveUpFetch, type OpenFetch } from './core-state.ts';
import type { HeldTask } from './messages.ts';
import { freePlaces, openTopics, planFetch } from './fetch-plan.ts';
import {
  busyPollMs,
  collectMs,
  idleAfterMs,
  maxSuperseded,
  settledAfterMs,
  supersededAfterMs,
  unforgottenPollMs,
} from './options.ts';

const backoffMs = { first: 200, longest: 5_000 };

/**
 * Keeps the window filled with two kinds of fetches. A *poll* waits at the engine for tasks to appear. A *grab* is
 * answered at once: it fetches a backlog, retries that have fallen due (they wake no poll), and topics that got room
 * only after the poll was sent.
 */
export function fetchMore(state: CoreState, now: number): void {
  if (state.phase !== 'RUNNING' || state.ghosts !== 'none' || now < state.fetchAfter) return;
  dropForgotten(state, now);
  const fetches = [...state.fetches.values()];
  if (fetches.some(({ kind }) => kind === 'grab')) return;
  const poll = fetches.find(({ kind, superseded }) => kind === 'poll' && !superseded);
  const open = openTopics(state, now);
  const uncovered = poll === undefined ? open : open.filter(({ topic }) => !poll.topics.includes(topic));
  if (isDue(state, open, now)) return grabDue(state, open, now);
  if (state.backlog) return grab(state, open, now);
  if (poll === undefined) return void openPoll(state, open, now);
  if (uncovered.length === 0) return;
  if (!state.grabbed) return grab(state, uncovered, now);
  supersede(state, poll, open, now);
}

function grab(state: CoreState, open: ReturnType<typeof openTopics>, now: number): void {
  const plan = planFetch(state, open, state.backlog && state.skipScarce);
  if (plan === undefined || isCollecting(state, plan.maxTasks, now)) return;
  state.skipScarce = !state.skipScarce;
  state.grabbed = true;
  send(state, { kind: 'grab', ...plan, superseded: false, rechecked: false, sentAt: now, waitMs: 0 });
}

function grabDue(state: CoreState, open: ReturnType<typeof openTopics>, now: number): void {
  const plan = planFetch(state, open);
  if (plan === undefined) return;
  send(state, { kind: 'grab', ...plan, superseded: false, rechecked: false, sentAt: now, waitMs: 0 });
}

/** A poll takes half of the places, so that a grab finds some while it waits. @returns whether there was a place for it */
function openPoll(state: CoreState, open: ReturnType<typeof openTopics>, now: number): boolean {
  const plan = planFetch(state, open);
  if (plan === undefined) return false;
  const maxTasks = Math.min(plan.maxTasks, Math.ceil(freePlaces(state) / 2));
  send(state, {
    kind: 'poll',
    topics: plan.topics,
    maxTasks,
    superseded: false,
    rechecked: false,
    sentAt: now,
    waitMs: pollLength(state, now),
  });
  return true;
}

/**
 * Replaces a poll by one that lists more topics. An engine that keeps the old one answers both, so there may be few of
 * them; where there can be no more, the topics left out are asked for now and again until the poll ends.
 */
function supersede(state: CoreState, poll: OpenFetch, open: ReturnType<typeof openTopics>, now: number): void {
  const old = [...state.fetches.values()].filter(({ superseded }) => superseded);
  // Two polls on their way at once could arrive in the other order, and the engine would forget the wrong one.
  const isThere = now - poll.sentAt >= settledAfterMs;
  if (isThere && old.length < maxSuperseded && openPoll(state, open, now)) poll.superseded = true;
  else if (now >= state.answeredAt + supersededAfterMs)
    grab(
      state,
      open.filter(({ topic }) => !poll.topics.includes(topic)),
      now,
    );
}

/** An engine that allows one request per worker has forgotten the older polls as soon as a newer one waits there. */
function dropForgotten(state: CoreState, now: number): void {
  const waits = [...state.fetches.values()].some(
    ({ kind, superseded, sentAt }) => kind === 'poll' && !superseded && now - sentAt >= supersededAfterMs,
  );
  if (waits) dropSuperseded(state);
}

function dropSuperseded(state: CoreState): void {
  if (!state.forgetsSuperseded) return;
  for (const [request, { superseded }] of state.fetches) {
    if (!superseded) continue;
    state.fetches.delete(request);
    state.commands.push({ kind: 'abortFetch', request });
  }
}

function send(state: CoreState, fetch: OpenFetch): void {
  const request = ++state.lastNumber;
  state.fetches.set(request, fetch);
  state.commands.push({ kind: 'fetch', request, topics: fetch.topics, maxTasks: fetch.maxTasks, waitMs: fetch.waitMs });
}

/** While there is a backlog, a few large fetches cost the engine less than many small ones. */
function isCollecting(state: CoreState, maxTasks: number, now: number): boolean {
  if (!state.backlog || state.leases.size === 0) return false;
  return maxTasks < state.options.maxTasks / 2 && now < state.answeredAt + collectMs;
}

/** How long the engine may wait: not past the moment when a retry falls due or a topic gets room, which wake nobody there. */
function pollLength({ options, lastWorkAt, retriesDue, gates, forgetsSuperseded }: CoreState, now: number): number {
  const longest = forgetsSuperseded ? options.longPollMs : Math.min(unforgottenPollMs, options.longPollMs);
  const length = now - lastWorkAt < idleAfterMs ? Math.min(busyPollMs, longest) : longest;
  const opens = [...gates.values()].map((gate) => gate.opensAt(now));
  const due = [...retriesDue.values()].map(({ at }) => at);
  const next = Math.min(...[...opens, ...due].filter((at) => at > now));
  return Math.max(1, Math.ceil(Math.min(length, next - now)));
}

/** A topic without room is not asked for: its retries stay due. */
function isDue({ retriesDue }: CoreState, open: ReturnType<typeof openTopics>, now: number): boolean {
  return [...retriesDue.values()].some((due) => due.at <= now && open.some(({ topic }) => topic === due.topic));
}

/** A retry is looked for until it has come, or until an answer that had room for it shows that somebody else has it. */
function forgetDue({ retriesDue }: CoreState, fetch: OpenFetch | undefined, tasks: readonly HeldTask[]): void {
  for (const { id } of tasks) retriesDue.delete(id);
  if (fetch === undefined || tasks.length >= fetch.maxTasks) return;
  for (const [id, { topic, at }] of retriesDue)
    if (at <= fetch.sentAt && fetch.topics.includes(topic)) retriesDue.delete(id);
}

/** What was settled is remembered as long as an answer may be older than it. */
export function forgetSettled({ settled, fetches, lastNumber }: CoreState): void {
  const oldest = Math.min(lastNumber + 1, ...fetches.keys());
  for (const [taskId, { upTo }] of settled) {
    if (upTo >= oldest) return;
    settled.delete(taskId);
  }
}

export function onFetched(state: CoreState, request: number, tasks: readonly HeldTask[], now: number): void {
  const fetch = state.fetches.get(request);
  const count = tasks.length;
  forgetDue(state, fetch, tasks);
  state.fetches.delete(request);
  if (count > 0) state.lastWorkAt = now;
  if (fetch === undefined) return;
  // A poll opens the way for the next grab: what it leaves out is asked for once.
  if (fetch.kind === 'poll') state.grabbed = false;
  if (fetch.superseded) return;
  if (fetch.kind === 'poll' && now - fetch.sentAt >= settledAfterMs) dropSuperseded(state);
  state.backlog = count >= fetch.maxTasks;
  if (state.backlog) state.grabbed = false;
  state.answeredAt = now;
  state.fetchFailures = 0;
}

/** A superseded poll ends without tasks (the engine cancels it with a 503): that is no failure. */
export function onFetchFailed(state: CoreState, request: number, reason: unknown, now: number): void {
  const fetch = state.fetches.get(request);
  giveUpFetch(state, request);
  if (fetch === undefined || fetch.superseded || state.phase !== 'RUNNING') return;
  state.commands.push({ kind: 'engineLost', reason });
  state.backlog = false;
  state.grabbed = false;
  state.fetchFailures++;
  const wait = growingWait(backoffMs, state.fetchFailures);
  state.fetchAfter = now + wait * (0.5 + 0.5 * state.options.random());
  state.ghosts = 'suspected';
}
