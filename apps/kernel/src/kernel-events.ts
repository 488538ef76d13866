import { makeEvent } from '@procos/contracts';
import type { EngineCounters, PublishEngineEvent } from '@procos/engine-process';
import { messageOf } from '@procos/errors';
import type { EventBus } from '@procos/event-bus';
import type { Logger } from '@procos/logging';

/** Says what the kernel does: a log line and an event `kernel.<event>` for each. */
export type Publish = PublishEngineEvent;

export function createPublish(logger: Logger, eventBus: EventBus): Publish {
  return (event, data = {}, level = 'info') => {
    logger[level](event, data);
    eventBus
      .publish(makeEvent({ source: '/kernel', type: `kernel.${event}`, data: { component: 'kernel', ...data } }))
      .catch((thrown: unknown) => logger.warn('kernel_event_not_published', { of: event, error: messageOf(thrown) }));
  };
}

/** What the kernel counts. Names as in the reference kernel. */
export interface KernelCounters extends EngineCounters {
  deployments_attempted: number;
  deployments_succeeded: number;
}

export const createCounters = (): KernelCounters => ({
  health_checks_ok: 0,
  health_checks_fail: 0,
  camunda_wait_attempts: 0,
  deployments_attempted: 0,
  deployments_succeeded: 0,
  engine_restarts: 0,
});
