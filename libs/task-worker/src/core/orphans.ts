import { growingWait } from '@procos/errors';
import type { CoreState } from './core-state.ts';
import type { Orphan, OrphanAnswer } from './messages.ts';
import { orphanOutcome } from './outcome.ts';
import { expectRetry } from './reporting.ts';

const waitMs = { first: 200, longest: 5_000 };

/** Takes in what an earlier process of this worker had in work when it died: the engine has to be told. */
export function disown(state: CoreState, orphan: Orphan): void {
  const outcome = orphanOutcome(orphan.task, state.options.random());
  state.orphans.set(orphan.task.id, { orphan, outcome, tries: 0, reportAt: Number.NEGATIVE_INFINITY });
}

/** Reports what is due: an engine that was away when the worker started is told later. */
export function reportOrphans(state: CoreState, now: number): void {
  if (state.phase !== 'RUNNING') return;
  for (const report of state.orphans.values()) {
    if (report.reportAt > now) continue;
    report.reportAt = Number.POSITIVE_INFINITY;
    state.commands.push({ kind: 'reportOrphan', orphan: report.orphan, outcome: report.outcome });
  }
}

export function onOrphanReported(state: CoreState, taskId: string, answer: OrphanAnswer, now: number): void {
  const report = state.orphans.get(taskId);
  if (report === undefined) return;
  if (answer === 'unanswered') {
    report.tries++;
    report.reportAt = now + growingWait(waitMs, report.tries);
    return;
  }
  state.orphans.delete(taskId);
  const { outcome } = report;
  if (answer === 'counted' && outcome.kind === 'failure' && outcome.retries > 0)
    expectRetry(state, report.orphan.task, outcome.retryInMs, now);
}
