import type { EngineClient } from '@procos/engine-client';
import type { Achieved, HeldTask } from '../core/messages.ts';
import type { EngineActions } from './engine-actions.ts';
import { type EngineAccess, inspectTask, succeeds } from './engine-requests.ts';
import { keptResultVariable, readKeptResult } from './kept-result.ts';
import { answerToReport } from './report-answers.ts';

/** Results that the engine has not taken and keeps for the next attempt. */
export function keptActions(engine: EngineAccess): Pick<EngineActions, 'readKept' | 'forgetKept'> {
  const { externalTasks, workerId } = engine;
  return {
    readKept: async (task) => {
      const kept = await askForKept(externalTasks, task);
      if (kept !== 'nothing') return kept;
      // Nothing is there where the task has ended, too.
      const now = await inspectTask(engine, task.id);
      if (typeof now === 'string') return now;
      return now.workerId === workerId && now.retries === task.retries ? kept : 'refused';
    },
    forgetKept: ({ executionId }) => succeeds(externalTasks.forgetLocalVariable(executionId, keptResultVariable)),
  };
}

async function askForKept(
  externalTasks: EngineClient['externalTasks'],
  task: HeldTask,
): Promise<Achieved | 'nothing' | 'unanswered'> {
  try {
    return readKeptResult(task, await externalTasks.localVariable(task.executionId, keptResultVariable)) ?? 'nothing';
  } catch (thrown) {
    // Text that is none of ours, or an engine that cannot be asked: there is nothing that could be reported.
    const isNone = thrown instanceof SyntaxError || ['refused', 'gone', 'faulty'].includes(answerToReport(thrown));
    return isNone ? 'nothing' : 'unanswered';
  }
}
