import type { ConsumeOptions } from './event-bus.ts';

/** What holds for a consumer. */
export type ConsumeSettings = Required<Omit<ConsumeOptions, 'queue'>>;

/** What a consumer wants, and what holds unless it says otherwise. */
export function consumeSettings({
  ordered = false,
  prefetch = 16,
  deliveryLimit = 5,
  retryDelayMs = 200,
}: ConsumeOptions): ConsumeSettings {
  return { ordered, prefetch: ordered ? 1 : prefetch, deliveryLimit, retryDelayMs };
}
