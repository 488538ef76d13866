import { componentRestart } from '@procos/contracts';
import { BpmnError, messageOf } from '@procos/errors';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import { isWell, unwellOf } from '../components/health-checks.ts';
import type { SystemTools } from '../deps.ts';

export function componentRestartTask({ components, health }: SystemTools): TaskDefinition {
  return defineTask(componentRestart, async ({ component }, { lease }) => {
    const started = performance.now();
    try {
      const unwell = unwellOf((await health.checkAll(lease.signal)).filter(({ name }) => name === component)).map(
        ({ serviceId }) => serviceId,
      );
      // The copies that work are left alone; a restart of what is well is one of all copies.
      await components.restart(component, unwell.length > 0 ? unwell : undefined);
    } catch (thrown) {
      throw new BpmnError('RECOVERY_FAILED', messageOf(thrown));
    }
    const now = await health.settle(lease.signal, [component]);
    if (now.length === 0 || !isWell(now))
      throw new BpmnError(
        'RECOVERY_FAILED',
        `${component} was restarted and is still not ready (${unwellOf(now)[0]?.state ?? 'unknown'})`,
      );
    return { restarted: true, restart_ms: Math.round(performance.now() - started) };
  });
}
