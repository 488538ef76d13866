import { errorDetection, processKeys } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import { type ComponentHealth, isWell, unwellOf } from '../components/health-checks.ts';
import { mayIncidentPass } from '../components/passing-incident.ts';
import { markTaken, otherRecovery } from '../components/open-incidents.ts';
import { orchestratorState } from '../components/orchestrator-state.ts';
import type { SystemTools } from '../deps.ts';

interface Finding {
  readonly severity: 'none' | 'retry' | 'restart' | 'escalate';
  readonly error_summary: string;
}

export function errorDetectionTask({ engine, health }: SystemTools): TaskDefinition {
  return defineTask(
    errorDetection,
    async ({ component, incident_id, error_type, error_message }, { lease, processInstanceId }): Promise<Finding> => {
      if (incident_id !== undefined) return inspectIncident(engine, incident_id, processInstanceId);
      if (component === processKeys.systemOrchestrator) return inspectOrchestrator(engine);
      if (component === undefined)
        return {
          severity: 'escalate',
          error_summary: `${error_type ?? 'An error'}: ${error_message ?? 'no details were given'}`,
        };
      // A busy machine makes services slow to answer: only one that stays away for the whole settling time is restarted.
      const copies = await health.settle(lease.signal, [component]);
      const found = unwellOf(copies)[0] ?? copies[0];
      if (found === undefined) return { severity: 'escalate', error_summary: `No service is called ${component}` };
      if (isWell(copies)) return { severity: 'none', error_summary: `${component} is ready again` };
      const error_summary = `${component} is not ready (${found.state})`;
      return { severity: needsRestart(found) ? 'restart' : 'escalate', error_summary };
    },
  );
}

/** The kernel looks more often than the health monitoring does: mostly the orchestrator runs again by now. */
async function inspectOrchestrator(engine: EngineClient): Promise<Finding> {
  if ((await orchestratorState(engine)) !== 'lost')
    return { severity: 'none', error_summary: 'The orchestrator runs again' };
  return {
    severity: 'escalate',
    error_summary:
      'The orchestrator has ended and the kernel has not started it again: look at the log of the kernel, or boot the system anew',
  };
}

/** A worker that has ended its life, or an app that answers nobody. Anything else waits for something that its restart does not bring. */
function needsRestart({ alive, state }: ComponentHealth): boolean {
  return !alive || state === 'FAILED' || state === 'STOPPED';
}

/** Incidents of one and the same task or job that recovery has retried: the next one is for a person. */
const mostRetried = 2;

async function inspectIncident(engine: EngineClient, incidentId: string, ownId: string): Promise<Finding> {
  const [incident] = await engine.runtime.incidents({ incidentId });
  if (incident === undefined) return { severity: 'none', error_summary: `Incident ${incidentId} is resolved` };
  const other = await otherRecovery(engine, incidentId, ownId);
  if (other !== undefined) return { severity: 'none', error_summary: `Recovery ${other} has taken ${incidentId}` };
  await markTaken(engine, incident);
  const message = incident.incidentMessage ?? 'no message';
  const error_summary = `${incident.incidentType} at ${incident.activityId}: ${message}`;
  if (!(await mayIncidentPass(engine, incident))) return { severity: 'escalate', error_summary };
  // A retry that fails opens another incident: without an end, an outage would be retried for as long as it lasts.
  const { configuration } = incident;
  const earlier = configuration === null ? 0 : (await engine.history.countIncidents({ configuration })) - 1;
  if (earlier < mostRetried) return { severity: 'retry', error_summary };
  return { severity: 'escalate', error_summary: `${error_summary} (after ${earlier} incidents of the same task)` };
}
