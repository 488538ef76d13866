import type { LockedTask } from '@procos/engine-client';
import { messageOf } from '@procos/errors';
import type { Logger } from '@procos/logging';
import type { Metrics } from '@procos/telemetry';
import type { Outcome } from './core/messages.ts';
import type { LeaseReport } from './runtime/runtime-options.ts';

const durationBuckets = [0.1, 0.5, 1, 2, 5, 10, 30, 60];

/** Characters of what is known of a failure beyond its message; the engine keeps all of it. */
const longestDetails = 1_000;

/** Writes down how each lease ended, and counts it. */
export function leaseLog(workerType: string, logger: Logger, metrics: Metrics): (report: LeaseReport) => void {
  const help = 'Time from the start of a task to its reported outcome.';
  const duration = metrics.histogram(
    'procos_external_task_duration_seconds',
    help,
    ['task_topic', 'worker_type', 'outcome'],
    durationBuckets,
  );
  const lost = metrics.counter(
    'procos_external_task_leases_lost_total',
    'Tasks whose result did not count because the engine had given them away.',
    ['task_topic', 'worker_type'],
  );
  return ({ task, end, outcome, durationMs }) => {
    const fields = fieldsOf(task, durationMs);
    const labels = { task_topic: task.topicName, worker_type: workerType };
    if (end === 'returned') return logger.info('task_returned', fields);
    if (end === 'refused' || end === 'gone') {
      lost.inc(labels);
      return logger.warn('task_lease_lost', fields);
    }
    if (end === 'untold') return logger.error('task_outcome_not_reported', { ...fields, outcome: outcome?.kind });
    if (outcome === undefined) return;
    duration.observe({ ...labels, outcome: outcome.kind }, durationMs / 1_000);
    logOutcome(logger, fields, outcome);
  };
}

function fieldsOf(task: LockedTask, durationMs: number) {
  return {
    topic: task.topicName,
    task_id: task.id,
    process_instance_id: task.processInstanceId,
    duration_ms: Math.round(durationMs),
  };
}

function logOutcome(logger: Logger, fields: ReturnType<typeof fieldsOf>, outcome: Outcome): void {
  if (outcome.kind === 'complete') logger.info('task_completed', fields);
  else if (outcome.kind === 'bpmnError') logger.info('task_bpmn_error', { ...fields, error_code: outcome.code });
  else
    logger[outcome.isBug ? 'error' : 'warn']('task_failed', {
      ...fields,
      retries: outcome.retries,
      error: outcome.message,
      ...(outcome.details === '' ? {} : { details: outcome.details.slice(0, longestDetails) }),
    });
}

/** Tells once when the engine stops answering, not at each try. */
export function engineWatch(
  workerId: string,
  logger: Logger,
): { reachable: () => boolean; answers: () => void; fails: (reason: unknown) => void } {
  let reachable = true;
  return {
    reachable: () => reachable,
    answers: () => {
      reachable = true;
    },
    fails: (reason) => {
      if (reachable) logger.warn('worker_fetch_failed', { worker_id: workerId, error: messageOf(reason) });
      reachable = false;
    },
  };
}
