import { type EngineClient, expressionsIn } from '@procos/engine-client';
import { messageOf, writeFailureDetails } from '@procos/errors';
import type { Achieved, HeldTask, Outcome } from '../core/messages.ts';
import type { EngineActions } from './engine-actions.ts';
import { type EngineAccess, inspectTask } from './engine-requests.ts';
import { failingElements } from './failing-element.ts';
import { keptVariables, withoutKept } from './kept-result.ts';
import { answerToOrphan, answerToReport, isAnswer } from './report-answers.ts';

/** The engine's error message column holds 666 characters; longer text is cut by the engine without a sign. */
const longestMessage = 600;

/** Reporting to the engine what came of a task. */
export function reportActions(engine: EngineAccess): Pick<EngineActions, 'report' | 'reportOrphan'> {
  const { externalTasks, workerId } = engine;
  return {
    report: async (held, outcome) => {
      try {
        await send(externalTasks, workerId, held, outcome);
        return { answer: 'accepted', reason: '' };
      } catch (thrown) {
        const reason = isAnswer(thrown) ? thrown.engineMessage : messageOf(thrown);
        const answer = answerToReport(thrown);
        if (answer === 'broken') return { answer, reason: await withElement(engine, reason, held.id) };
        if (answer !== 'refused') return { answer, reason };
        // 400 is said of another worker's task and of variables that the engine cannot take.
        const task = await inspectTask(engine, held.id);
        if (typeof task === 'string') return { answer: task, reason };
        return { answer: task.workerId === workerId ? 'faulty' : 'refused', reason };
      }
    },
    reportOrphan: async ({ orphan, outcome }) => {
      const task = await inspectTask(engine, orphan.task.id);
      if (task === 'gone') return 'counted';
      if (task === 'unanswered') return task;
      if (task.workerId !== orphan.workerId) return 'foreign';
      // The dead process had reported its outcome before it died.
      if (task.retries !== orphan.task.retries) return 'counted';
      try {
        await send(externalTasks, orphan.workerId, orphan.task, outcome);
        return 'counted';
      } catch (thrown) {
        return answerToOrphan(answerToReport(thrown));
      }
    },
  };
}

/** The engine names the expression, the model the element: people look for that. */
async function withElement(engine: EngineAccess, reason: string, taskId: string): Promise<string> {
  const task = expressionsIn(reason).length > 0 ? await inspectTask(engine, taskId) : 'gone';
  if (typeof task === 'string') return reason;
  try {
    const elements = failingElements(reason, await engine.repository.definitionXml(task.processDefinitionId));
    return elements.length === 0 ? reason : `at ${elements.join(' or ')}: ${reason}`;
  } catch {
    // Without the model the engine's own words have to do.
    return reason;
  }
}

async function send(
  externalTasks: EngineClient['externalTasks'],
  workerId: string,
  task: HeldTask,
  outcome: Outcome,
): Promise<void> {
  if (outcome.kind !== 'failure') {
    const { wasKept = false, ...achieved } = outcome;
    return sendAchieved(externalTasks, workerId, task.id, wasKept ? withoutKept(achieved) : achieved);
  }
  await externalTasks.fail(task.id, workerId, {
    errorMessage: outcome.message.slice(0, longestMessage),
    errorDetails: writeFailureDetails({
      details: outcome.details === '' ? outcome.message : outcome.details,
      mayPass: outcome.mayPass,
    }),
    retries: outcome.retries,
    retryTimeout: outcome.retryInMs,
    ...(outcome.keeps === undefined ? {} : { localVariables: keptVariables(task, outcome.keeps) }),
  });
}

function sendAchieved(
  externalTasks: EngineClient['externalTasks'],
  workerId: string,
  taskId: string,
  achieved: Achieved,
): Promise<void> {
  if (achieved.kind === 'complete')
    return externalTasks.complete(taskId, workerId, achieved.variables, achieved.localVariables);
  return externalTasks.bpmnError(taskId, workerId, achieved);
}
