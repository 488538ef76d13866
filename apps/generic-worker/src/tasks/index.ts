import type { Config } from '@procos/config';
import type { TaskDefinition } from '@procos/task-worker';
import type { genericWorkerFields } from '../config.ts';

/** Every topic of this worker. Adding one: a file beside this one, its test, and its line here. */
export function genericTasks(config: Config<typeof genericWorkerFields>): readonly TaskDefinition[] {
  void config;
  return [];
}
