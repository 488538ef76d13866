import type { EngineClient, OpenExternalTask } from '@procos/engine-client';
import { isAnswer } from './report-answers.ts';

/** The engine, and as whom a worker asks it. */
export interface EngineAccess extends Pick<EngineClient, 'externalTasks' | 'repository'> {
  readonly workerId: string;
}

export async function inspectTask(
  { externalTasks }: EngineAccess,
  taskId: string,
): Promise<OpenExternalTask | 'gone' | 'unanswered'> {
  try {
    return await externalTasks.get(taskId);
  } catch (thrown) {
    return isAnswer(thrown) && thrown.status === 404 ? 'gone' : 'unanswered';
  }
}

/** A task that is gone needs nothing more either. */
export async function succeeds(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (thrown) {
    return isAnswer(thrown) && thrown.status === 404;
  }
}
