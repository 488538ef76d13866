import type { TaskContract } from '../task-contract.ts';
import { aiQuery } from './ai-query.ts';
import { dataTransform } from './data-transform.ts';
import { dataValidation } from './data-validation.ts';
import { emailSend } from './email-send.ts';
import { emailValidation } from './email-validation.ts';
import { fileOperation } from './file-operation.ts';
import { httpRequest } from './http-request.ts';
import { inputValidation } from './input-validation.ts';
import { providerSelection } from './provider-selection.ts';
import { responseFormatting } from './response-formatting.ts';
import { serviceCall } from './service-call.ts';
import { systemTaskContracts } from './system/index.ts';

export {
  aiQuery,
  dataTransform,
  dataValidation,
  emailSend,
  emailValidation,
  fileOperation,
  httpRequest,
  inputValidation,
  providerSelection,
  responseFormatting,
  serviceCall,
};
export type { AiQueryInput, AiQueryOutput } from './ai-query.ts';
export type { EmailSendInput, EmailSendOutput } from './email-send.ts';

/** Every topic that a worker of ProcOS serves. A new topic: its file beside this one, and its line in each list here. */
export const taskContracts: readonly TaskContract[] = [
  aiQuery,
  dataTransform,
  dataValidation,
  emailSend,
  emailValidation,
  fileOperation,
  httpRequest,
  inputValidation,
  providerSelection,
  responseFormatting,
  serviceCall,
  ...systemTaskContracts,
];
