import { makeEvent, messageNames, processKeys, systemBusinessKey, systemShutdown } from '@procos/contracts';
import { type EngineClient, EngineRequestError } from '@procos/engine-client';
import { RetryableError } from '@procos/errors';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import type { SystemTools } from '../deps.ts';

export function systemShutdownTask({ engine, eventBus }: SystemTools): TaskDefinition {
  return defineTask(systemShutdown, async ({ action, shutdown_reason = '' }, { lease }) => {
    if (action === 'announce') {
      const requests = await engine.runtime.instances({ processDefinitionKey: processKeys.userRequest });
      const data = { reason: shutdown_reason, active_requests: requests.length };
      await eventBus.publish(makeEvent({ id: lease.idempotencyKey, source: '/components/system-worker', type: 'system.shutdown_announced', data }));
      return { last_shutdown_step: action, active_requests: requests.length };
    }
    if (action === 'end_orchestrator') await endOrchestrators(engine, shutdown_reason);
    else if ((await orchestrators(engine)).length > 0) throw new RetryableError('The orchestrator has not ended yet', { retryAfterMs: 200 });
    return { last_shutdown_step: action };
  });
}

function orchestrators(engine: EngineClient) {
  return engine.runtime.instances({ processDefinitionKey: processKeys.systemOrchestrator, businessKey: systemBusinessKey });
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
