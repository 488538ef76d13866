import type { ProcosEvent } from '@procos/contracts';

/** Called for each event; what it throws is reported by the adapter and does not stop the others. */
export type EventHandler = (event: ProcosEvent) => void | Promise<void>;

/** Where events are published and heard. Named for the need: adapters are in memory or a broker. */
export interface EventBus {
  /** Resolves when the event is safe with the bus. */
  publish(event: ProcosEvent): Promise<void>;
  /**
   * Hears every event whose `type` matches a topic pattern (`*` one word, `#` any number).
   *
   * @returns ends the subscription
   */
  subscribe(pattern: string, handler: EventHandler): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
