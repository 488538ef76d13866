import { setTimeout as delay } from 'node:timers/promises';
import { growingWait } from '@procos/errors';
import type { ConsulEntry } from './consul-record.ts';
import { directoryError } from './consul-errors.ts';

export interface HealthWatchOptions {
  /** Base URL of the agent. */
  readonly url: string;
  readonly token: string | undefined;
  readonly service: string;
  /** Told of each answer, also of one that says the same as the one before. */
  readonly onEntries: (entries: readonly ConsulEntry[]) => void;
  readonly onFault: (thrown: unknown) => void;
  /** Pause after an answer that does not say when to ask again, and first pause after a failure, in milliseconds. @default 1000 */
  readonly pauseMs?: number;
}

/** How long Consul may keep a question before it answers that nothing has changed, in seconds. */
const waitS = 30;
/** Consul adds up to a sixteenth; some more for a busy machine. */
const patienceMs = waitS * 1_000 * 1.1 + 5_000;
const longestPauseMs = 10_000;

/**
 * Asks again and again, each time until something has changed (Consul, blocking queries). It never gives up: whatever an
 * agent, or a proxy before it, answers, it is asked again, with back-off. An answer without an index is as good as another.
 *
 * @returns stops asking
 */
export function watchHealth(options: HealthWatchOptions): () => void {
  const stopped = new AbortController();
  void keepAsking(options, stopped.signal);
  return () => stopped.abort();
}

async function keepAsking(options: HealthWatchOptions, stopped: AbortSignal): Promise<void> {
  const { onEntries, onFault, pauseMs = 1_000 } = options;
  let index = 0;
  let failures = 0;
  while (!stopped.aborted) {
    let pause = 0;
    try {
      const answer = await ask(options, index, stopped);
      failures = 0;
      // One that is smaller than the last is of a Consul that began anew.
      index = answer.index < index ? 0 : answer.index;
      if (index === 0) pause = pauseMs;
      onEntries(answer.entries);
    } catch (thrown) {
      if (stopped.aborted) return;
      onFault(directoryError(thrown));
      failures += 1;
      index = 0;
      pause = growingWait({ first: pauseMs, longest: longestPauseMs }, failures);
    }
    if (pause > 0) await delay(pause, undefined, { signal: stopped, ref: false }).catch(() => undefined);
  }
}

async function ask(
  { url, token, service }: HealthWatchOptions,
  index: number,
  stopped: AbortSignal,
): Promise<{ readonly index: number; readonly entries: readonly ConsulEntry[] }> {
  const address = new URL(`/v1/health/service/${encodeURIComponent(service)}?index=${index}&wait=${waitS}s`, url);
  const headers: Record<string, string> = token === undefined ? {} : { 'x-consul-token': token };
  const response = await fetch(address, {
    headers,
    signal: AbortSignal.any([stopped, AbortSignal.timeout(patienceMs)]),
  });
  const text = await response.text();
  if (!response.ok)
    throw Object.assign(new Error(text.slice(0, 200) || `status ${response.status}`), { statusCode: response.status });
  const entries: unknown = JSON.parse(text);
  if (!Array.isArray(entries)) throw new TypeError('the answer is no list');
  const current = Number(response.headers.get('x-consul-index') ?? 0);
  return {
    index: Number.isSafeInteger(current) && current > 0 ? current : 0,
    entries: entries as readonly ConsulEntry[],
  };
}
