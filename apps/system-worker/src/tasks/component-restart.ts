import { componentRestart } from '@procos/contracts';
import { BpmnError, messageOf } from '@procos/errors';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import type { SystemTools } from '../deps.ts';

export function componentRestartTask({ components, health }: SystemTools): TaskDefinition {
  return defineTask(componentRestart, async ({ component }, { lease }) => {
    const started = performance.now();
    try {
      await components.restart(component);
    } catch (thrown) {
      throw new BpmnError('RECOVERY_FAILED', messageOf(thrown));
    }
    const [now] = await health.settle(lease.signal, [component]);
    if (now?.healthy !== true) throw new BpmnError('RECOVERY_FAILED', `${component} was restarted and is still not ready (${now?.state ?? 'unknown'})`);
    return { restarted: true, restart_ms: Math.round(performance.now() - started) };
  });
}
