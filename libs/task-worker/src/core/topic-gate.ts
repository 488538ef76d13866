import { defaultTopicConcurrency, type TopicLimits } from './options.ts';

/** Lets handlers of one topic start, within its limits. */
export interface TopicGate {
  /** Handlers that may start now. */
  room(now: number): number;
  /** When the rate lets the next one start; infinite when places are what is missing. */
  opensAt(now: number): number;
  enter(now: number): void;
  leave(): void;
}

/** A bulkhead with a token bucket: one slow or busy topic takes no place of another. */
export function createTopicGate({ concurrency = defaultTopicConcurrency, ratePerSecond }: TopicLimits): TopicGate {
  let running = 0;
  const burst = Math.max(1, ratePerSecond ?? Number.POSITIVE_INFINITY);
  let tokens = burst;
  let filledAt: number | undefined;

  const fill = (now: number) => {
    if (ratePerSecond !== undefined)
      tokens = Math.min(burst, tokens + ((now - (filledAt ?? now)) * ratePerSecond) / 1_000);
    filledAt = now;
  };
  const room = (now: number) => {
    fill(now);
    return Math.max(0, Math.min(concurrency - running, Math.floor(tokens + 1e-9)));
  };

  return {
    room,
    opensAt: (now) => {
      if (room(now) > 0) return now;
      if (ratePerSecond === undefined || running >= concurrency) return Number.POSITIVE_INFINITY;
      return now + Math.ceil(((1 - tokens) / ratePerSecond) * 1_000);
    },
    enter: (now) => {
      fill(now);
      running++;
      tokens -= 1;
    },
    leave: () => {
      running--;
    },
  };
}
