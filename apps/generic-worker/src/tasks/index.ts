import type { Dispatcher } from 'undici';
import type { Config } from '@procos/config';
import type { ServiceDirectory } from '@procos/service-directory';
import type { TaskDefinition } from '@procos/task-worker';
import type { genericWorkerFields } from '../config.ts';
import { createServiceFinder } from '../services/find-service.ts';
import { dataValidationTask } from './data-validation.ts';
import { fileOperationTask } from './file-operation.ts';
import { httpRequestTask } from './http-request.ts';
import { inputValidationTask } from './input-validation.ts';
import { responseFormattingTask } from './response-formatting.ts';
import { serviceCallTask } from './service-call.ts';

export interface GenericTaskDeps {
  readonly config: Config<typeof genericWorkerFields>;
  readonly directory: ServiceDirectory;
  /** Reaches the internet, and nothing inside. */
  readonly publicDispatcher: Dispatcher;
  /** Reaches the services of this network too. */
  readonly networkDispatcher: Dispatcher;
}

/** Every topic of this worker. Adding one: a file beside this one, its test, and its line here. */
export function genericTasks({ config, directory, publicDispatcher, networkDispatcher }: GenericTaskDeps): readonly TaskDefinition[] {
  const { fileRoot, maxFileBytes, fileQuotaBytes, httpMaxBytes, secrets } = config;
  return [
    dataValidationTask(),
    fileOperationTask({ root: fileRoot, maxFileBytes, quotaBytes: fileQuotaBytes }),
    httpRequestTask({ dispatcher: publicDispatcher, secrets, maxBytes: httpMaxBytes }),
    inputValidationTask(),
    responseFormattingTask(),
    serviceCallTask({ findService: createServiceFinder(directory), dispatcher: networkDispatcher, maxBytes: httpMaxBytes }),
  ];
}
