import type { Config } from '@procos/config';
import type { TaskDefinition } from '@procos/task-worker';
import type { genericWorkerFields } from '../config.ts';
import { fileOperationTask } from './file-operation.ts';
import { inputValidationTask } from './input-validation.ts';
import { responseFormattingTask } from './response-formatting.ts';

export interface GenericTaskDeps {
  readonly config: Config<typeof genericWorkerFields>;
}

/** Every topic of this worker. Adding one: a file beside this one, its test, and its line here. */
export function genericTasks({ config }: GenericTaskDeps): readonly TaskDefinition[] {
  const jail = { root: config.fileRoot, maxFileBytes: config.maxFileBytes, quotaBytes: config.fileQuotaBytes };
  return [fileOperationTask(jail), inputValidationTask(), responseFormattingTask()];
}
