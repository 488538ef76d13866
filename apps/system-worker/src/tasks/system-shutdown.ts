import { setTimeout as delay } from 'node:timers/promises';
import { makeEvent, messageNames, processKeys, systemBusinessKey, systemShutdown } from '@procos/contracts';
import { type EngineClient, EngineRequestError } from '@procos/engine-client';
import { RetryableError } from '@procos/errors';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import type { SystemTools } from '../deps.ts';

/** How long the announcement may take, in milliseconds. */
const announceMs = 2_000;

export function systemShutdownTask({ engine, eventBus }: SystemTools): TaskDefinition {
  return defineTask(systemShutdown, async ({ action, shutdown_reason = '' }, { lease, logger }) => {
    if (action === 'announce') {
      const requests = await engine.runtime.instances({ processDefinitionKey: processKeys.userRequest });
      const data = { reason: shutdown_reason, active_requests: requests.length };
      const published = eventBus.publish(
        makeEvent({
          id: lease.idempotencyKey,
          source: '/components/system-worker',
          type: 'system.shutdown_announced',
          data,
        }),
      );
      const isAnnounced = await Promise.race([
        published.then(() => true),
        delay(announceMs, false, { ref: false }),
      ]).catch(() => false);
      // A broker that is away must not keep the system from stopping: nobody could hear it anyway.
      if (!isAnnounced)
        logger.warn('shutdown_not_announced', {
          remedy: 'Nothing to do: the shutdown goes on. The message broker does not take events.',
        });
      published.catch(() => undefined);
      return { last_shutdown_step: action, active_requests: requests.length };
    }
    if (action === 'end_orchestrator') await endOrchestrators(engine, shutdown_reason);
    else if ((await orchestrators(engine)).length > 0)
      throw new RetryableError('The orchestrator has not ended yet', { retryAfterMs: 200 });
    return { last_shutdown_step: action };
  });
}

function orchestrators(engine: EngineClient) {
  return engine.runtime.instances({
    processDefinitionKey: processKeys.systemOrchestrator,
    businessKey: systemBusinessKey,
  });
}

async function endOrchestrators(engine: EngineClient, reason: string): Promise<void> {
  for (const { id } of await orchestrators(engine)) {
    try {
      await engine.runtime.correlate({ messageName: messageNames.shutdownSignal, processInstanceId: id });
    } catch (thrown) {
      if (!(thrown instanceof EngineRequestError) || thrown.status !== 400) throw thrown;
      // Still in its boot steps: it does not wait for the signal yet.
      await engine.runtime.deleteInstance(id, `Shut down during boot. ${reason}`);
    }
  }
}
