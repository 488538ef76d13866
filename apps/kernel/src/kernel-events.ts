import { makeEvent } from '@procos/contracts';
import type { EventBus } from '@procos/event-bus';
import { messageOf } from '@procos/errors';
import type { Logger } from '@procos/logging';

/** Says what the kernel does: a log line and an event `kernel.<event>` for each. */
export type Tell = (event: string, data?: Record<string, unknown>, level?: 'info' | 'warn' | 'error') => void;

export function createTell(logger: Logger, eventBus: EventBus): Tell {
  return (event, data = {}, level = 'info') => {
    logger[level](event, data);
    eventBus
      .publish(makeEvent({ source: '/kernel', type: `kernel.${event}`, data: { component: 'kernel', ...data } }))
      .catch((thrown: unknown) => logger.warn('kernel_event_not_published', { of: event, error: messageOf(thrown) }));
  };
}
