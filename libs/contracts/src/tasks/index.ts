import type { TaskContract } from '../task-contract.ts';
import { fileOperation } from './file-operation.ts';
import { httpRequest } from './http-request.ts';
import { inputValidation } from './input-validation.ts';
import { responseFormatting } from './response-formatting.ts';
import { serviceCall } from './service-call.ts';
import { systemTaskContracts } from './system/index.ts';

export { fileOperation, httpRequest, inputValidation, responseFormatting, serviceCall };

/** Every topic that a worker of ProcOS serves. A new topic: its file beside this one, and its line in each list here. */
export const taskContracts: readonly TaskContract[] = [
  fileOperation,
  httpRequest,
  inputValidation,
  responseFormatting,
  serviceCall,
  ...systemTaskContracts,
];
